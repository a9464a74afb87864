import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { titleOf } from '../../../shared/kernel/entity'
import { namespaces } from '../../i18n/index'
import { type RecordAction, type RecordPartProps, useFeatureView } from '../feature-view'
import { useOfferedCommands } from '../offered-commands'
import { useCommit } from '../use-records'

/** What a feature offers to do with the record: changed at once, or after a dialog has asked. */
export const RecordActions = ({ entity, row }: RecordPartProps) => {
  const { t } = useTranslation(namespaces)
  const commit = useCommit()
  const { actions = [] } = useFeatureView(entity.name)
  const [asking, ask] = useState<RecordAction | null>(null)
  const run = (action: RecordAction) => {
    if ('Dialog' in action) return ask(action)
    const set = action.change(row, new Date().toISOString())
    return void commit([{ entity: entity.name, id: row.id, set }], {
      label: `${t(action.label)}: ${titleOf(entity, row)}`,
      toast: true,
    })
  }
  const available = actions.filter((action) => action.available(row))
  useOfferedCommands(
    available.map((action) => ({
      id: action.id,
      label: `${t(action.label)}: ${titleOf(entity, row)}`,
      icon: action.icon,
      run: () => run(action),
    })),
  )
  return (
    <>
      {available.map((action) => (
        <Button
          key={action.id}
          variant={action.isPrimary ? 'filled' : 'default'}
          leftSection={action.icon}
          onClick={() => run(action)}
        >
          {t(action.label)}
        </Button>
      ))}
      {asking && 'Dialog' in asking ? (
        <asking.Dialog entity={entity} row={row} onClose={() => ask(null)} />
      ) : null}
    </>
  )
}
