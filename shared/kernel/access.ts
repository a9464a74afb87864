/** Who may do what with the records of an entity. Server and client ask the same table. */
import type { AnyEntity } from './entity'

export const roles = [
  'owner',
  'admin',
  'manager',
  'sales',
  'marketing',
  'support',
  'cashier',
  'read_only',
] as const

export type Role = (typeof roles)[number]

export const actions = ['read', 'create', 'update', 'delete'] as const

export type Action = (typeof actions)[number]

const everything: readonly Action[] = actions
const withoutDelete: readonly Action[] = ['read', 'create', 'update']

const allowed: Record<Role, (entity: AnyEntity) => readonly Action[]> = {
  owner: () => everything,
  admin: () => everything,
  manager: () => everything,
  sales: () => everything,
  marketing: () => withoutDelete,
  support: () => withoutDelete,
  cashier: (entity) => (entity.name === 'lead' ? ['read'] : withoutDelete),
  read_only: () => ['read'],
}

/** Whether a role may do something with records of an entity; server-authored ones are only read. */
export const may = (role: Role, action: Action, entity: AnyEntity): boolean =>
  (action === 'read' || entity.kind !== 'server') && allowed[role](entity).includes(action)
