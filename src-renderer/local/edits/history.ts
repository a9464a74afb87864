/** The history: every undoable commit leaves its way back, which survives a restart. */
import { newId } from '../../../shared/kernel/ids'
import type { Database } from '../database'
import type { HistoryEntry, Step } from '../stored'
import type { Applied } from './apply'

const keptEntries = 200

/** Adds a commit to the history, inside its transaction; what had been undone can no longer be redone. */
export const recordHistory = async (
  { history }: Database,
  label: string,
  applied: readonly Applied[],
): Promise<string | null> => {
  const undo = applied.map((each) => each.undo).filter(changesSomething)
  if (undo.length === 0) return null
  const id = newId()
  await history.where('undone').above(0).delete()
  await history.add({
    id,
    label,
    undo: undo.reverse(),
    redo: applied.map((each) => each.redo),
    undone: 0,
  })
  const surplus = (await history.count()) - keptEntries
  if (surplus > 0) await history.orderBy('seq').limit(surplus).delete()
  return id
}

const changesSomething = ({ set, sets }: Step): boolean =>
  Object.keys(set ?? {}).length + Object.keys(sets ?? {}).length > 0

export const latestUndo = ({ history }: Database): Promise<HistoryEntry | undefined> =>
  history.where('undone').equals(0).last()

export const latestRedo = ({ history }: Database): Promise<HistoryEntry | undefined> =>
  history.where('undone').above(0).last()

/** What undo and redo would do next, by label. */
export const historyLabels = async (
  database: Database,
): Promise<{ canUndo: string | null; canRedo: string | null }> => ({
  canUndo: (await latestUndo(database))?.label ?? null,
  canRedo: (await latestRedo(database))?.label ?? null,
})
