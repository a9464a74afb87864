import { useTranslation } from 'react-i18next'
import { pipeline as pipelineEntity } from '../../../shared/features/pipelines/pipeline'
import type { AnyRow } from '../../../shared/kernel/entity'
import { MasterDetail } from '../../kernel/editing/MasterDetail'
import { Pill } from '../../ui/Pill'
import { PipelineEditor } from './PipelineEditor'
import { useUsualStages } from './use-usual-stages'

const Badges = ({ pipeline }: { pipeline: AnyRow }) => {
  const { t } = useTranslation('pipelines')
  return (
    <>
      {pipeline.isDefault === true ? <Pill color="green">{t('set.default')}</Pill> : null}
      {pipeline.active === false ? <Pill color="gray">{t('set.inactive')}</Pill> : null}
      {pipeline.kind ? <Pill color="blue">{t(`set.${pipeline.kind}`)}</Pill> : null}
    </>
  )
}

/** All pipelines on the left, the chosen one with its stages on the right. */
export const PipelineSettings = () => {
  const { t } = useTranslation('pipelines')
  const usualStages = useUsualStages()
  return (
    <MasterDetail
      entity={pipelineEntity}
      badgesOf={(pipeline) => <Badges pipeline={pipeline} />}
      text={{
        none: t('noPipelineText'),
        add: t('set.addPipeline'),
        added: t('set.pipelineAdded'),
      }}
      begin={(rows) => ({
        name: t('set.newPipeline'),
        active: true,
        isDefault: rows.length === 0,
      })}
      alsoAdd={usualStages}
    >
      {(pipeline, canEdit) => <PipelineEditor pipeline={pipeline} canEdit={canEdit} />}
    </MasterDetail>
  )
}
