import { type AnyField, instant, ref, type ValueOf } from './field'

/**
 * Who writes the records of an entity: `shared` clients and API (merged), `server` the server alone
 * (clients read), `append` clients add and never change.
 */
export type EntityKind = 'shared' | 'server' | 'append'

/** Fields that every record has and no one types: set by the act of creating and deleting. */
export const systemFields = {
  createdAt: instant('Created', { index: true }),
  createdBy: ref('Created by', 'user'),
  deletedAt: instant('Deleted'),
} as const

/** A named group of fields on forms and record pages. */
export type FormSection = { label: string; fields: readonly string[] }

/** An entity as generic code sees it. */
export type AnyEntity = {
  name: string
  plural: string
  label: string
  labelPlural: string
  /** A Tabler icon's name without prefix, e.g. `user`. */
  icon: string
  kind: EntityKind
  /** Set-up or history rather than what people look for: left out of the search over everything. */
  isInternal: boolean
  /** Tells of the records it points at: whoever does not see all of those sees only their own of these. */
  isPart: boolean
  /** Few, and needed to read the others: a copy of the workspace holds all of them, however small it is. */
  isReference: boolean
  /** A flag by which an owner shows a record to everybody. */
  openBy?: string
  /** A whole number by which records that point at one of these are ordered, instead of its name. */
  rankField?: string
  /** The fields whose values, joined by a space, name a record. */
  titleFields: readonly string[]
  fields: Record<string, AnyField>
  /** Default table: columns in order, and the sort key (`-` first for descending). */
  list: { columns: readonly string[]; sort: string; filters: readonly string[] }
  sections: readonly FormSection[]
  /** Fields of the short *create* form, required ones included. */
  quickCreate: readonly string[]
}

declare const fieldTypes: unique symbol

/** An entity that knows its fields' types. */
export type Entity<F extends Record<string, AnyField> = Record<string, AnyField>> = AnyEntity & {
  readonly [fieldTypes]?: F
}

/** What every row carries besides the entity's own fields; `updatedAt` is the time of the newest edit. */
export type SystemRow = {
  id: string
  createdAt: string | null
  createdBy: string | null
  deletedAt: string | null
  updatedAt: string | null
}

/** A row of an entity as generic code sees it. */
export type AnyRow = SystemRow & { [field: string]: unknown }

/** The row type of an entity. */
export type Row<E> =
  E extends Entity<infer F> ? SystemRow & { [K in keyof F]: ValueOf<F[K]> } : never

type Definition<F extends Record<string, AnyField>> = {
  name: string
  plural: string
  label: string
  labelPlural: string
  icon: string
  kind?: EntityKind
  isInternal?: boolean
  isPart?: boolean
  isReference?: boolean
  openBy?: keyof F & string
  rankField?: keyof F & string
  titleFields: readonly (keyof F & string)[]
  fields: F
  list: {
    columns: readonly (keyof F & string)[]
    sort: string
    filters?: readonly (keyof F & string)[]
  }
  sections?: readonly { label: string; fields: readonly (keyof F & string)[] }[]
  quickCreate?: readonly (keyof F & string)[]
}

/** Declares an entity. Everything generic (store, sync, REST, forms, tables, CSV) derives from it. */
export const defineEntity = <F extends Record<string, AnyField>>(
  definition: Definition<F>,
): Entity<F> => ({
  kind: 'shared',
  isInternal: false,
  isPart: false,
  isReference: false,
  ...definition,
  list: { filters: [], ...definition.list },
  sections: definition.sections ?? [{ label: 'Details', fields: Object.keys(definition.fields) }],
  quickCreate: definition.quickCreate ?? requiredFields(definition.fields),
})

const requiredFields = (fields: Record<string, AnyField>): string[] =>
  Object.keys(fields).filter((name) => fields[name]?.required)

/** The field of that name, own or system; `undefined` where there is none. */
export const fieldOf = (entity: AnyEntity, name: string): AnyField | undefined =>
  Object.hasOwn(entity.fields, name)
    ? entity.fields[name]
    : Object.hasOwn(systemFields, name)
      ? (systemFields as Record<string, AnyField>)[name]
      : undefined

/** The fields people see: own ones that are not retired, in order of declaration. */
export const shownFields = (entity: AnyEntity): [string, AnyField][] =>
  Object.entries(entity.fields).filter(([, field]) => !field.retired)

/** A record's name for people; empty where none of the title fields has a value. */
export const titleOf = (entity: AnyEntity, row: { [field: string]: unknown }): string =>
  entity.titleFields
    .map((name) => row[name])
    .filter((value) => typeof value === 'string' && value !== '')
    .join(' ')
