import type { AnyRow } from '../../shared/kernel/entity'

/** Whether a record has one of these statuses. */
export const isStatus =
  (...wanted: string[]) =>
  (row: AnyRow): boolean =>
    wanted.includes(String(row.status))
