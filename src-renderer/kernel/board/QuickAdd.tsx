import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { questionsOf } from '../../../shared/features/pipelines/questions'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { newRow } from '../../../shared/kernel/rules'
import { openQuickCreate } from '../create/open'
import { useCommit } from '../use-records'
import classes from './board.module.css'

type Props = { entity: AnyEntity; stage: AnyRow; onClose: () => void }

/** A name and Enter: the record stands in the column, and the next one can be typed. */
export const QuickAdd = ({ entity, stage, onClose }: Props) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const [name, setName] = useState('')
  const add = async () => {
    const set = { name: name.trim(), stageId: stage.id, pipelineId: stage.pipelineId }
    if (set.name === '') return
    const id = newId()
    // A stage that wants to know more than the name gets the whole form.
    if (questionsOf(entity, stage, newRow(entity, id, set)).length > 0) {
      onClose()
      return openQuickCreate(entity, set)
    }
    const label = t('added', { name: set.name, stage: String(stage.name) })
    const result = await commit([{ entity: entity.name, id, create: true, set }], { label })
    if (result.ok) setName('')
  }
  const label = t('quickAdd', { entity: entity.label.toLowerCase(), stage: String(stage.name) })
  return (
    <form
      className={classes.quickAdd}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <TextInput
        autoFocus
        aria-label={label}
        placeholder={t('quickAddHint')}
        maxLength={500}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => name.trim() === '' && onClose()}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
    </form>
  )
}
