import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pipeline as pipelineEntity } from '../../../shared/features/pipelines/pipeline'
import type { AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { useMayEdit } from '../../kernel/record/KeyFields'
import { useCommit, useRecords } from '../../kernel/use-records'
import { Pill } from '../../ui/Pill'
import { PipelineEditor } from './PipelineEditor'
import classes from './pipelines.module.css'
import { useUsualStages } from './use-usual-stages'

const byName = [{ field: 'name', descending: false }]

const Badges = ({ pipeline }: { pipeline: AnyRow }) => {
  const { t } = useTranslation('pipelines')
  return (
    <span className={classes.badges}>
      {pipeline.isDefault === true ? <Pill color="green">{t('set.default')}</Pill> : null}
      {pipeline.active === false ? <Pill color="gray">{t('set.inactive')}</Pill> : null}
      {pipeline.kind ? <Pill color="blue">{t(`set.${pipeline.kind}`)}</Pill> : null}
    </span>
  )
}

/** All pipelines on the left, the chosen one with its stages on the right. */
export const PipelineSettings = () => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const usualStages = useUsualStages()
  const canEdit = useMayEdit(pipelineEntity)
  const { rows, isLoading } = useRecords({ entity: 'pipeline', sort: byName })
  const [chosenId, choose] = useState<string | null>(null)
  const chosen =
    rows.find(({ id }) => id === chosenId) ??
    rows.find(({ isDefault }) => isDefault === true) ??
    rows[0]
  const add = async () => {
    const id = newId()
    const set = { name: t('set.newPipeline'), active: true, isDefault: rows.length === 0 }
    const changes = [{ entity: 'pipeline', id, create: true, set }, ...usualStages(id)]
    const result = await commit(changes, { label: t('set.pipelineAdded'), toast: true })
    if (result.ok) choose(id)
  }
  if (isLoading) return null
  return (
    <div className={classes.screen}>
      <div className={classes.list}>
        <ul className={classes.pipelines}>
          {rows.map((pipeline) => (
            <li key={pipeline.id}>
              <button
                type="button"
                className={classes.choice}
                aria-current={pipeline === chosen ? 'true' : undefined}
                onClick={() => choose(pipeline.id)}
              >
                <span className={classes.choiceName}>{String(pipeline.name)}</span>
                <Badges pipeline={pipeline} />
              </button>
            </li>
          ))}
        </ul>
        {rows.length === 0 ? (
          <Text size="sm" c="var(--text-quiet)" mb="xs">
            {t('noPipelineText')}
          </Text>
        ) : null}
        {canEdit ? (
          <Button
            variant="default"
            fullWidth
            leftSection={<IconPlus size={14} />}
            onClick={() => void add()}
          >
            {t('set.addPipeline')}
          </Button>
        ) : null}
      </div>
      {chosen ? <PipelineEditor key={chosen.id} pipeline={chosen} canEdit={canEdit} /> : null}
    </div>
  )
}
