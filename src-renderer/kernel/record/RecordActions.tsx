import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../../shared/features/index'
import { titleOf } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { namespaces } from '../../i18n/index'
import { type RecordAction, type RecordPartProps, useFeatureView } from '../feature-view'
import { useOfferedCommands } from '../offered-commands'
import { useCommit } from '../use-records'

/** Creates a record and shows it. */
const useMakeAndOpen = () => {
  const commit = useCommit()
  const navigate = useNavigate()
  return async (
    { entity, set }: { entity: string; set: { [field: string]: unknown } },
    label: string,
  ) => {
    const id = newId()
    const plural = entityNamed(entity)?.plural
    const result = await commit([{ entity, id, create: true, set }], { label, toast: true })
    if (result.ok && plural) await navigate({ to: '/$plural/$id', params: { plural, id } })
  }
}

/** What a feature offers to do with the record: changed at once, or after a dialog has asked. */
export const RecordActions = ({ entity, row }: RecordPartProps) => {
  const { t } = useTranslation(namespaces)
  const commit = useCommit()
  const { actions = [] } = useFeatureView(entity.name)
  const [asking, ask] = useState<RecordAction | null>(null)
  const makeAndOpen = useMakeAndOpen()
  const run = (action: RecordAction) => {
    if ('Dialog' in action) return ask(action)
    if ('make' in action) return void makeAndOpen(action.make(row), t(action.label))
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
