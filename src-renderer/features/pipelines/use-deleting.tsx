/** Deletes a stage or a pipeline: at once where it is empty, else after asking where its records go. */
import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deletePipeline, deleteStage } from '../../../shared/features/pipelines/moves'
import type { AnyRow } from '../../../shared/kernel/entity'
import { Refusal } from '../../../shared/kernel/refusal'
import { useCommit } from '../../kernel/use-records'
import { useRuleContext } from '../../kernel/use-rules'
import { RelocateDialog } from './RelocateDialog'
import { useStanding } from './use-standing'

type Target = { kind: 'stage' | 'pipeline'; row: AnyRow; stageIds: readonly string[] }

export const useDeleting = (): { remove: (target: Target) => void; dialog: ReactNode } => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const ruleContext = useRuleContext()
  const standing = useStanding()
  const [asking, ask] = useState<Target | null>(null)
  const write = async ({ kind, row }: Target, toStageId: string | null): Promise<boolean> => {
    try {
      const plan = kind === 'stage' ? deleteStage : deletePipeline
      const changes = await plan(row, toStageId, ruleContext())
      const label = t('set.deleted', { name: String(row.name) })
      return (await commit(changes, { label, toast: true })).ok
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      notifications.show({ color: 'red', title: cause.message, message: '', autoClose: 8000 })
      return false
    }
  }
  return {
    remove: (target) => {
      const { leads, opportunities } = standing(target.stageIds)
      if (leads + opportunities > 0) ask(target)
      else void write(target, null)
    },
    dialog: asking ? (
      <RelocateDialog
        name={String(asking.row.name)}
        standing={standing(asking.stageIds)}
        leaving={asking.stageIds}
        pipelineId={String(asking.kind === 'stage' ? asking.row.pipelineId : asking.row.id)}
        onDelete={(to) => write(asking, to)}
        onClose={() => ask(null)}
      />
    ) : null,
  }
}
