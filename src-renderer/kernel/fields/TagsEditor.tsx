import { TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { newId } from '../../../shared/kernel/ids'
import { useCommit, useRecords } from '../use-records'

type Props = {
  value: readonly string[]
  onChange: (ids: string[]) => void
  label: string
  autoFocus?: boolean
  onBlur?: () => void
}

const byName = [{ field: 'name', descending: false }]

/** Picks tags by name; a name that nobody used before becomes a tag. */
export const TagsEditor = ({ value, onChange, label, autoFocus, onBlur }: Props) => {
  const { t } = useTranslation('records')
  const commit = useCommit()
  const { rows } = useRecords({ entity: 'tag', sort: byName, limit: 500 })
  const nameOf = (id: string): string => String(rows.find((tag) => tag.id === id)?.name ?? '')
  const change = async (names: string[]) => {
    const known = new Map(rows.map((tag) => [String(tag.name).toLowerCase(), tag.id]))
    const fresh = names.filter((name) => !known.has(name.toLowerCase()))
    for (const name of fresh) {
      const id = newId()
      const change = { entity: 'tag', id, create: true, set: { name, color: 'gray' } }
      const result = await commit([change], { label: t('created', { name }), undoable: false })
      if (result.ok) known.set(name.toLowerCase(), id)
    }
    onChange(names.flatMap((name) => known.get(name.toLowerCase()) ?? []))
  }
  return (
    <TagsInput
      aria-label={label}
      autoFocus={autoFocus ?? false}
      value={value.map(nameOf).filter((name) => name !== '')}
      data={rows.map((tag) => String(tag.name))}
      onChange={(names) => void change(names)}
      onBlur={onBlur}
      placeholder={t('addTag')}
      splitChars={[',', ';']}
      acceptValueOnBlur
      clearable
    />
  )
}
