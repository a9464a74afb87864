/** What a copy of a workspace always holds, however small it is kept. */
import type { AnyEntity } from './entity'

type Row = { readonly [field: string]: unknown }

/**
 * Whether every copy of somebody's holds a record whatever its age: what others are read by, and
 * what is their own. The server says the same in SQL (`server/sync/tiers.ts`).
 */
export const isAlwaysKept = (entity: AnyEntity, row: Row, userId: string): boolean =>
  entity.isReference || (row.deletedAt === null && row.ownerId === userId)
