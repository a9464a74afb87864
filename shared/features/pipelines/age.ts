/** How long records stand in their stage, and whether that is too long. */
import { daysBetween } from '../../kernel/day'
import type { AnyRow } from '../../kernel/entity'

/** Whole days since the record entered its stage; null where nobody knows. */
export const daysInStage = (row: AnyRow, now: string): number | null =>
  typeof row.stageEnteredAt === 'string' ? Math.max(0, daysBetween(row.stageEnteredAt, now)) : null

/** Whether an open record stands in its stage for longer than the stage says is healthy. */
export const isRotting = (row: AnyRow, stage: AnyRow | undefined, now: string): boolean => {
  const days = daysInStage(row, now)
  return (
    stage?.stageType === 'open' &&
    typeof stage.rottingDays === 'number' &&
    days !== null &&
    days > stage.rottingDays
  )
}
