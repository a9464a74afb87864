/**
 * The one policy: who may do what with which records. Gate, sync, REST, rooms, files, search and the
 * app itself all ask here; what the roles are stands in `role-rights.ts`.
 */
import type { AnyEntity } from './entity'
import { type Action, type Rights, type Role, roleRights, type Scope } from './role-rights'

export { type Action, type Role, roles } from './role-rights'

/** Somebody who looks at records or changes them. */
export type Viewer = {
  userId: string
  role: Role
  /** The users who are in a team with this one, who is among them. */
  teammates: ReadonlySet<string>
}

type Row = { readonly [field: string]: unknown }

/**
 * Which records of an entity somebody may do something with; says the same of a row in memory
 * (`isInSight`) and as a condition of a database. Own records are always in it.
 */
export type Sight = {
  userId: string
  /** Owners whose records are in it, besides oneself. */
  owners: 'anybody' | readonly string[]
  /** Whether records that belong to nobody are in it. */
  withUnowned: boolean
  /** References that must be empty: they lead to records that are not all in sight. */
  closedRefs: readonly string[]
  /** A flag that brings a record into it, whoever owns it. */
  openBy?: string
}

const rightsOf = (role: Role, entity: string): Rights => {
  const { entities, otherwise } = roleRights[role]
  return Object.hasOwn(entities, entity) ? (entities[entity] ?? otherwise) : otherwise
}

const scopeOf = (role: Role, action: Action, entity: AnyEntity): Scope => {
  if (entity.kind === 'server' && action !== 'read') return 'none'
  return rightsOf(role, entity.name)[action]
}

/** Whether a role may do something with any record of an entity; server-authored ones are only read. */
export const may = (role: Role, action: Action, entity: AnyEntity): boolean =>
  scopeOf(role, action, entity) !== 'none'

/** Parts of what they point at are seen by whoever sees all of that. */
const closedRefsOf = (role: Role, entity: AnyEntity): string[] =>
  entity.isPart
    ? Object.entries(entity.fields).flatMap(([name, { target }]) =>
        target === undefined || rightsOf(role, target).read === 'all' ? [] : [name],
      )
    : []

/** The records of an entity that somebody may do something with; `undefined` for none at all. */
export const sightOf = (viewer: Viewer, action: Action, entity: AnyEntity): Sight | undefined => {
  const { userId, role, teammates } = viewer
  const scope = scopeOf(role, action, entity)
  if (scope === 'none') return undefined
  const team = scope === 'team'
  return {
    userId,
    owners: scope === 'all' ? 'anybody' : team ? [...teammates].sort() : [],
    withUnowned: team,
    closedRefs: action === 'read' ? closedRefsOf(role, entity) : [],
    ...(action === 'read' && entity.openBy !== undefined ? { openBy: entity.openBy } : {}),
  }
}

/** Whose a record is: its owner's, or where it has none, its maker's. */
export const holderOf = (row: Row): string | null => {
  const holder = row.ownerId ?? row.createdBy
  return typeof holder === 'string' ? holder : null
}

/** Whether a row is in sight. */
export const isInSight = (sight: Sight, row: Row): boolean => {
  const { owners, openBy } = sight
  const holder = holderOf(row)
  if (holder === sight.userId) return true
  if (sight.closedRefs.some((name) => typeof row[name] === 'string')) return false
  if (owners === 'anybody' || (openBy !== undefined && row[openBy] === true)) return true
  return holder === null ? sight.withUnowned : owners.includes(holder)
}

/** Whether somebody may do something with this very record. */
export const allows = (viewer: Viewer, action: Action, entity: AnyEntity, row: Row): boolean => {
  const sight = sightOf(viewer, action, entity)
  return sight !== undefined && isInSight(sight, row)
}

/** Whether nothing of an entity is kept from a role: no record and no field. */
export const seesAll = (role: Role, entity: AnyEntity): boolean =>
  scopeOf(role, 'read', entity) === 'all' &&
  closedRefsOf(role, entity).length === 0 &&
  hiddenFields(role, entity).length === 0

/** The fields of an entity that a role does not see. */
export const hiddenFields = (role: Role, entity: AnyEntity): readonly string[] =>
  roleRights[role].hidden?.[entity.name] ?? []

/** The fields of an entity that a role does not set, hidden ones included. */
export const fixedFields = (role: Role, entity: AnyEntity): readonly string[] => [
  ...hiddenFields(role, entity),
  ...(roleRights[role].fixed?.[entity.name] ?? []),
]

/** What a change would set, and the row that it changes, if there is one. */
type FieldChange = { set: Row; others: readonly string[]; held: Row | undefined }

/**
 * The fixed fields that a change would give another value than they have. It may send along what
 * stands there, or what a new record starts with: its default, and its maker as the owner.
 */
export const fixedChanges = (
  viewer: Viewer,
  entity: AnyEntity,
  { set, others, held }: FieldChange,
): string[] =>
  fixedFields(viewer.role, entity).filter((name) => {
    if (others.includes(name)) return true
    if (!(name in set)) return false
    const start = name === 'ownerId' ? viewer.userId : (entity.fields[name]?.default ?? null)
    return set[name] !== (held ? held[name] : start)
  })

const without = (names: readonly string[], hidden: readonly string[]): string[] =>
  names.filter((name) => !hidden.includes(name))

const made = new WeakMap<AnyEntity, Map<string, AnyEntity>>()

/** An entity as a role knows it: without the fields that it does not see. The same one every time. */
export const entityFor = (role: Role, entity: AnyEntity): AnyEntity => {
  const hidden = hiddenFields(role, entity)
  if (hidden.length === 0) return entity
  const kept = made.get(entity) ?? new Map<string, AnyEntity>()
  made.set(entity, kept)
  const known = kept.get(role) ?? entityWithout(entity, hidden)
  kept.set(role, known)
  return known
}

const entityWithout = (entity: AnyEntity, hidden: readonly string[]): AnyEntity => ({
  ...entity,
  fields: Object.fromEntries(
    Object.entries(entity.fields).filter(([name]) => !hidden.includes(name)),
  ),
  list: {
    ...entity.list,
    columns: without(entity.list.columns, hidden),
    filters: without(entity.list.filters, hidden),
  },
  sections: entity.sections.map((section) => ({
    ...section,
    fields: without(section.fields, hidden),
  })),
  quickCreate: without(entity.quickCreate, hidden),
})

/** Whether any right of a role depends on who is in a team with whom. */
export const dependsOnTeams = (role: Role): boolean =>
  Object.values(roleRights[role].entities)
    .concat(roleRights[role].otherwise)
    .some((rights) => Object.values(rights).includes('team'))
