/**
 * What follows from a change: values that go with it, records that change along, reasons against
 * it. Rules are pure but for the reading that they are given, so that a window applies them offline
 * and the server to whoever writes over HTTP.
 */
import { type AnyEntity, type AnyRow, fieldOf } from './entity'
import { type FieldProblem, Refusal } from './refusal'
import { emptyValue } from './schema'

export type Values = { [field: string]: unknown }

/** One record's change in stored values; tags are the whole set wanted. */
export type RecordChange = { entity: string; id: string; set?: Values; create?: boolean }

/** What a rule may look at. Answers contain the changes before it in the same commit. */
export type RuleContext = {
  /** RFC 3339 UTC. */
  now: string
  userId: string
  /** ISO 4217: the workspace's. */
  currency: string
  newId: () => string
  get: (entity: string, id: string) => Promise<AnyRow | null>
  /** Live records whose field holds that value. */
  find: (entity: string, field: string, value: string | boolean) => Promise<AnyRow[]>
}

/** A change that a rule looks at; `next` is the row with `set` applied, `before` null for a new record. */
export type RuleInput = { id: string; before: AnyRow | null; next: AnyRow; set: Values }

/** What a rule adds to a change. */
export type Consequence = { set?: Values; also?: RecordChange[]; problems?: FieldProblem[] }

export type EntityRule = (input: RuleInput, context: RuleContext) => Promise<Consequence>

/** Rules by entity; most entities have none. */
export type RuleBook = { readonly [entity: string]: EntityRule | undefined }

/** Applies one rule after the other; each sees what those before it have set. */
export const allOf =
  (...rules: EntityRule[]): EntityRule =>
  async (input, context) => {
    const sum: Required<Consequence> = { set: {}, also: [], problems: [] }
    for (const rule of rules) {
      const set = { ...input.set, ...sum.set }
      const next: AnyRow = { ...input.next, ...sum.set }
      const found = await rule({ ...input, set, next }, context)
      Object.assign(sum.set, found.set)
      sum.also.push(...(found.also ?? []))
      sum.problems.push(...(found.problems ?? []))
    }
    return sum
  }

/** A row of a record that does not exist yet, with the entity's defaults. */
export const newRow = (entity: AnyEntity, id: string, set: Values): AnyRow => ({
  id,
  createdAt: null,
  createdBy: null,
  deletedAt: null,
  updatedAt: null,
  ...Object.fromEntries(
    Object.entries(entity.fields).map(([name, field]) => [name, emptyValue(field)]),
  ),
  ...set,
})

type Deps = {
  rules: RuleBook
  entityNamed: (name: string) => AnyEntity | undefined
  context: RuleContext
}

/**
 * The changes with all that follows from them, in order. Throws `record.invalid` with every reason
 * against them. Changes without `set` (rich text alone) pass through.
 */
export const withConsequences = async <T extends RecordChange>(
  changes: readonly T[],
  deps: Deps,
): Promise<(T | RecordChange)[]> => {
  if (!changes.some(({ entity }) => deps.rules[entity])) return [...changes]
  const overlay = createOverlay(deps)
  const result: (T | RecordChange)[] = []
  for (const change of changes) {
    const [own, ...also] = await consequencesOf(change, deps, overlay)
    for (const one of also) await overlay.add(one)
    if (own) result.push(own)
    result.push(...also)
  }
  return result
}

const consequencesOf = async <T extends RecordChange>(
  change: T,
  { rules, entityNamed, context }: Deps,
  overlay: Overlay,
): Promise<[T, ...RecordChange[]]> => {
  const rule = rules[change.entity]
  const entity = entityNamed(change.entity)
  const before = rule ? await overlay.get(change.entity, change.id) : null
  if (!rule || !entity || !change.set || (!before && !change.create)) {
    await overlay.add(change)
    return [change]
  }
  const set = change.set
  const next: AnyRow = before ? { ...before, ...set } : newRow(entity, change.id, set)
  const input = { id: change.id, before, next, set }
  const found = await rule(input, { ...context, get: overlay.get, find: overlay.find })
  const problems = found.problems ?? []
  if (problems.length > 0) throw invalid(entity, problems)
  const own = { ...change, set: { ...set, ...found.set } }
  await overlay.add(own)
  return [own, ...(found.also ?? [])]
}

const invalid = (entity: AnyEntity, errors: FieldProblem[]): Refusal =>
  new Refusal('record.invalid', {
    detail: errors
      .map(({ path, message }) => `${fieldOf(entity, path)?.label ?? path}: ${message}`)
      .join(' '),
    errors,
  })

type Overlay = {
  add: (change: RecordChange) => Promise<void>
  get: RuleContext['get']
  find: RuleContext['find']
}

/** Rows as they will be once the changes so far are stored. */
const createOverlay = ({ entityNamed, context }: Deps): Overlay => {
  const rows = new Map<string, AnyRow>()
  const keyOf = (entity: string, id: string): string => `${entity}/${id}`
  const get: RuleContext['get'] = async (entity, id) =>
    rows.get(keyOf(entity, id)) ?? context.get(entity, id)
  return {
    get,
    add: async ({ entity, id, set = {} }) => {
      const before = await get(entity, id)
      const declared = entityNamed(entity)
      if (before) rows.set(keyOf(entity, id), { ...before, ...set })
      else if (declared) rows.set(keyOf(entity, id), newRow(declared, id, set))
    },
    find: async (entity, field, value) => {
      const stored = await context.find(entity, field, value)
      const untouched = stored.filter(({ id }) => !rows.has(keyOf(entity, id)))
      const changed = [...rows]
        .filter(([key, row]) => key.startsWith(`${entity}/`) && row[field] === value)
        .map(([, row]) => row)
      return [...untouched, ...changed].filter(({ deletedAt }) => deletedAt === null)
    },
  }
}
