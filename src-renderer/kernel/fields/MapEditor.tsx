import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditorProps } from './editors'

type Entry = [key: string, text: string]

/** Edits free keys and values. A line counts once it has a key. */
export const MapEditor = ({ value, onChange }: EditorProps) => {
  const { t } = useTranslation('records')
  const [entries, setEntries] = useState<Entry[]>(() =>
    Object.entries(value ?? {}).map(([key, text]) => [key, String(text)]),
  )
  const update = (next: Entry[]) => {
    setEntries(next)
    onChange(Object.fromEntries(next.filter(([key]) => key.trim() !== '')))
  }
  const replace = (index: number, entry: Entry) =>
    update(entries.map((held, position) => (position === index ? entry : held)))
  return (
    <Stack gap="xs">
      {entries.map(([key, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line keeps its place while its key is typed
        <Group key={index} gap={6} wrap="nowrap">
          <TextInput
            aria-label={t('key')}
            placeholder={t('key')}
            value={key}
            onChange={(event) => replace(index, [event.currentTarget.value, text])}
          />
          <TextInput
            aria-label={t('value')}
            placeholder={t('value')}
            value={text}
            onChange={(event) => replace(index, [key, event.currentTarget.value])}
          />
          <ActionIcon
            aria-label={t('removeItem')}
            onClick={() => update(entries.filter((_, position) => position !== index))}
          >
            <IconTrash size={16} stroke={1.5} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => setEntries([...entries, ['', '']])}
        w="fit-content"
      >
        {t('addProperty')}
      </Button>
    </Stack>
  )
}
