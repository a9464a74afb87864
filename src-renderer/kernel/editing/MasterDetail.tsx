import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import type { RecordChange, Values } from '../../../shared/kernel/rules'
import { useMayEdit } from '../record/KeyFields'
import { useCommit, useRecords } from '../use-records'
import classes from './master-detail.module.css'

type Props = {
  /** Its records have a name. */
  entity: AnyEntity
  /** What stands below a name. */
  badgesOf: (row: AnyRow) => ReactNode
  text: {
    /** What it means that there are none. */
    none: string
    add: string
    /** What undo calls it when one was added. */
    added: string
  }
  /** Values of one that is added to these, and what is added with it. */
  begin: (rows: readonly AnyRow[]) => Values
  alsoAdd?: (id: string) => RecordChange[]
  /** Edits the chosen one. */
  children: (chosen: AnyRow, canEdit: boolean) => ReactNode
}

const byName = [{ field: 'name', descending: false }]

/** What is set up by name: all of one kind on the left, the chosen one on the right. */
export const MasterDetail = (props: Props) => {
  const { entity, badgesOf, text, begin, alsoAdd, children } = props
  const commit = useCommit()
  const canEdit = useMayEdit(entity)
  const { rows, isLoading } = useRecords({ entity: entity.name, sort: byName, limit: 500 })
  const [chosenId, choose] = useState<string | null>(null)
  const chosen =
    rows.find(({ id }) => id === chosenId) ??
    rows.find(({ isDefault }) => isDefault === true) ??
    rows[0]
  const add = async () => {
    const id = newId()
    const change = { entity: entity.name, id, create: true, set: begin(rows) }
    const result = await commit([change, ...(alsoAdd?.(id) ?? [])], {
      label: text.added,
      toast: true,
    })
    if (result.ok) choose(id)
  }
  if (isLoading) return null
  return (
    <div className={classes.screen}>
      <div>
        <ul className={classes.choices} aria-label={entity.labelPlural}>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={classes.choice}
                aria-current={row === chosen ? 'true' : undefined}
                onClick={() => choose(row.id)}
              >
                <span className={classes.choiceName} dir="auto">
                  {titleOf(entity, row)}
                </span>
                <span className={classes.badges}>{badgesOf(row)}</span>
              </button>
            </li>
          ))}
        </ul>
        {rows.length === 0 ? (
          <Text size="sm" c="var(--text-quiet)" mb="xs">
            {text.none}
          </Text>
        ) : null}
        {canEdit ? (
          <Button
            variant="default"
            fullWidth
            leftSection={<IconPlus size={14} />}
            onClick={() => void add()}
          >
            {text.add}
          </Button>
        ) : null}
      </div>
      {chosen ? (
        <div key={chosen.id} className={classes.detail}>
          {children(chosen, canEdit)}
        </div>
      ) : null}
    </div>
  )
}
