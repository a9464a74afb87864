/** The stages that a new pipeline begins with. */
import { useTranslation } from 'react-i18next'
import { newId } from '../../../shared/kernel/ids'
import type { RecordChange } from '../../../shared/kernel/rules'

const usual = [
  { key: 'new', probability: 10, color: 'gray', stageType: 'open' },
  { key: 'qualified', probability: 30, color: 'blue', stageType: 'open' },
  { key: 'proposal', probability: 60, color: 'violet', stageType: 'open' },
  { key: 'won', probability: 100, color: 'green', stageType: 'won' },
  { key: 'lost', probability: 0, color: 'red', stageType: 'lost' },
] as const

export const useUsualStages = (): ((pipelineId: string) => RecordChange[]) => {
  const { t } = useTranslation('pipelines')
  return (pipelineId) =>
    usual.map(({ key, ...stage }, sequence) => ({
      entity: 'stage',
      id: newId(),
      create: true,
      set: { ...stage, name: t(`set.usual.${key}`), pipelineId, sequence },
    }))
}
