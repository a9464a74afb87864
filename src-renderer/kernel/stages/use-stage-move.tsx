/** Moves a record to a stage: at once, or after asking for what the stage wants to know. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { questionsOf } from '../../../shared/features/pipelines/questions'
import { type AnyRow, titleOf } from '../../../shared/kernel/entity'
import type { Values } from '../../../shared/kernel/rules'
import { useCommit } from '../use-records'
import { MoveDialog } from './MoveDialog'
import type { StagedView } from './staged-view'

type Move = { row: AnyRow; stage: AnyRow }

export type StageMove = {
  move: (row: AnyRow, stage: AnyRow) => void
  /** To be rendered where the move is offered. */
  dialog: ReactNode
}

/** `onMoving` hears of every move that is written, before it is. */
export const useStageMove = (
  view: StagedView,
  onMoving?: (move: Move, work: Promise<unknown>) => void,
): StageMove => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const [asking, ask] = useState<Move | null>(null)
  const { entity, WonDialog } = view

  const write = async (move: Move, set: Values): Promise<boolean> => {
    const { row, stage } = move
    const label = t('moved', { name: titleOf(entity, row), stage: String(stage.name) })
    const work = commit([{ entity: entity.name, id: row.id, set }], { label, toast: true })
    onMoving?.(move, work)
    return (await work).ok
  }
  // A lead that was converted before has nothing left to be asked.
  const asksMore = ({ row, stage }: Move): boolean =>
    WonDialog !== undefined && stage.stageType === 'won' && !row.convertedAt
  const dialog = asking ? (
    WonDialog && asksMore(asking) && questionsOf(entity, asking.stage, asking.row).length === 0 ? (
      <WonDialog
        entity={entity}
        row={asking.row}
        stage={asking.stage}
        onMove={() => {
          void write(asking, { stageId: asking.stage.id })
          ask(null)
        }}
        onClose={() => ask(null)}
      />
    ) : (
      <MoveDialog
        entity={entity}
        row={asking.row}
        stage={asking.stage}
        onMove={(values) => write(asking, values)}
        onClose={() => ask(null)}
      />
    )
  ) : null
  return {
    dialog,
    move: (row, stage) => {
      if (row.stageId === stage.id) return
      const move = { row, stage }
      if (asksMore(move) || questionsOf(entity, stage, row).length > 0) ask(move)
      else void write(move, { stageId: stage.id })
    },
  }
}
