import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { useMayEdit } from '../record/KeyFields'
import { useCommit, useRecords } from '../use-records'
import classes from './editing.module.css'

/** What a rule in the list needs to be shown. */
export type RuleProps = { canEdit: boolean; isOpen: boolean; onToggle: () => void }

type Props = {
  entity: AnyEntity
  sortBy: string
  /** What rules are for, and what it means that there are none. */
  text: { some: string; none: string }
  /** Its name for whoever hears it. */
  label: string
  /** Values of a rule that is added, and what undo calls that. */
  add: (rows: readonly AnyRow[]) => { set: { [field: string]: unknown }; label: string }
  children: (rows: readonly AnyRow[], propsOf: (rule: AnyRow) => RuleProps) => ReactNode
}

/** Rules of one kind in the settings, one of them unfolded at a time. */
export const RuleList = ({ entity, sortBy, text, label, add, children }: Props) => {
  const { t } = useTranslation('rules')
  const commit = useCommit()
  const canEdit = useMayEdit(entity)
  const sort = [{ field: sortBy, descending: false }]
  const { rows, isLoading } = useRecords({ entity: entity.name, sort, limit: 500 })
  const [openId, setOpen] = useState<string | null>(null)
  const create = async () => {
    const id = newId()
    const { set, label: done } = add(rows)
    const result = await commit([{ entity: entity.name, id, create: true, set }], {
      label: done,
      toast: true,
    })
    if (result.ok) setOpen(id)
  }
  if (isLoading) return null
  return (
    <>
      <Text size="sm" c="var(--text-quiet)" mb="sm" maw={860}>
        {rows.length === 0 ? text.none : text.some}
      </Text>
      <ol className={classes.rules} aria-label={label}>
        {children(rows, ({ id }) => ({
          canEdit,
          isOpen: id === openId,
          onToggle: () => setOpen(id === openId ? null : id),
        }))}
      </ol>
      {canEdit ? (
        <Button
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => void create()}
        >
          {t('add')}
        </Button>
      ) : null}
    </>
  )
}
