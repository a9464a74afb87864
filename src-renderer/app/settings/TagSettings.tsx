import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entities } from '../../../shared/features/index'
import { paletteColors } from '../../../shared/features/tags/tag'
import type { AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { useAccess } from '../../kernel/use-access'
import { useCommit, useRecords } from '../../kernel/use-records'
import { humanise } from '../../ui/format'
import { Pill } from '../../ui/Pill'
import classes from '../app.module.css'

const TagRow = ({ tag }: { tag: AnyRow }) => {
  const { t } = useTranslation('app')
  const commit = useCommit()
  const access = useAccess()
  const name = String(tag.name)
  const [text, setText] = useState(name)
  const change = (set: { [field: string]: unknown }, toast = false) =>
    void commit([{ entity: 'tag', id: tag.id, set }], { label: name, toast })
  return (
    <li className={classes.tagRow}>
      <TextInput
        w={220}
        aria-label={t('set.tagName')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() =>
          text.trim() === '' ? setText(name) : text !== name && change({ name: text.trim() })
        }
      />
      <Select
        w={130}
        aria-label={t('set.tagColor', { name })}
        data={paletteColors.map((value) => ({ value, label: humanise(value) }))}
        value={String(tag.color ?? 'gray')}
        allowDeselect={false}
        onChange={(color) => change({ color })}
      />
      <Pill color={String(tag.color ?? 'gray')}>{name}</Pill>
      {access.allows('delete', entities.tag, tag) ? (
        <ActionIcon
          aria-label={t('set.deleteTag', { name })}
          onClick={() => change({ deletedAt: new Date().toISOString() }, true)}
        >
          <IconTrash size={16} stroke={1.5} />
        </ActionIcon>
      ) : null}
    </li>
  )
}

/** All tags: named, coloured, deleted with undo. */
export const TagSettings = () => {
  const { t } = useTranslation('app')
  const commit = useCommit()
  const [name, setName] = useState('')
  const { rows } = useRecords({
    entity: 'tag',
    sort: [{ field: 'name', descending: false }],
    limit: 500,
  })
  const add = async () => {
    const clean = name.trim()
    const isKnown = rows.some((tag) => String(tag.name).toLowerCase() === clean.toLowerCase())
    if (clean === '' || isKnown) return
    const set = { name: clean, color: 'gray' }
    const result = await commit([{ entity: 'tag', id: newId(), create: true, set }], {
      label: clean,
    })
    if (result.ok) setName('')
  }
  return (
    <>
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {rows.map((tag) => (
          <TagRow key={tag.id} tag={tag} />
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <Group gap="xs" mt="xs">
          <TextInput
            w={220}
            aria-label={t('set.addTag')}
            placeholder={t('set.tagName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={name.trim() === ''}>
            {t('set.addTag')}
          </Button>
        </Group>
      </form>
    </>
  )
}
