/** Undo and redo are commits like any other: fresh edits that say the opposite, or the same again. */
import { Refusal } from '../../../shared/kernel/refusal'
import type { HistoryEntry, Step } from '../stored'
import { latestRedo, latestUndo } from './history'
import { type WriteContext, writeSteps } from './write'

/** Deleting again happens at the time of doing it, not of the first deletion. */
const atPresent = (steps: readonly Step[], now: number): Step[] =>
  steps.map((step) =>
    typeof step.set?.deletedAt === 'string'
      ? { ...step, set: { ...step.set, deletedAt: new Date(now).toISOString() } }
      : step,
  )

const move = async (
  context: WriteContext,
  entry: HistoryEntry | undefined,
  direction: 'undo' | 'redo',
): Promise<string | null> => {
  if (entry?.seq === undefined) return null
  const { history } = context.database
  const last = await latestRedo(context.database)
  const result = await writeSteps(context, atPresent(entry[direction], context.now()), {
    alongside: async () => {
      await history.put({ ...entry, undone: direction === 'redo' ? 0 : (last?.undone ?? 0) + 1 })
    },
  })
  if (!result.ok) throw new Refusal(result.refusal.code, { detail: result.refusal.detail })
  return entry.label
}

/** Undoes one commit, or the latest; answers its label. */
export const undo = async (context: WriteContext, undoId?: string): Promise<string | null> => {
  const { history } = context.database
  const entry =
    undoId === undefined
      ? await latestUndo(context.database)
      : await history.where('id').equals(undoId).first()
  return entry?.undone === 0 ? move(context, entry, 'undo') : null
}

/** Does again what was undone last; answers its label. */
export const redo = async (context: WriteContext): Promise<string | null> =>
  move(context, await latestRedo(context.database), 'redo')
