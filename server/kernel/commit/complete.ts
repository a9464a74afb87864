/**
 * Completes edits that no client's rules have seen (REST, import, the server itself): what follows
 * from them becomes part of the same group, what speaks against them refuses them.
 */
import { entityNamed } from '../../../shared/features/index'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { mergeOf } from '../../../shared/kernel/field'
import { newId } from '../../../shared/kernel/ids'
import { Refusal } from '../../../shared/kernel/refusal'
import {
  type RecordChange,
  type RuleBook,
  type RuleContext,
  withConsequences,
} from '../../../shared/kernel/rules'
import type { Actor, Commit, EditInput, EditOutcome, RecordReader } from '../ports'
import { groupsOf } from './groups'

type Deps = {
  commit: Commit
  reader: RecordReader
  rules: RuleBook
  now: () => number
  /** ISO 4217 code of a workspace. */
  currencyOf: (workspaceId: string) => string
  /** Who owns the new records of one commit that name no owner. */
  owners: (actor: Actor) => (edit: EditInput) => Promise<string | null>
}

/** The most records that a rule is shown at once. */
const mostFound = 5000

/** Reading for rules, on behalf of an actor. */
export const createRuleContext = (
  deps: Pick<Deps, 'reader' | 'now' | 'currencyOf'>,
  actor: Actor,
): RuleContext => ({
  now: new Date(deps.now()).toISOString(),
  userId: actor.userId,
  currency: deps.currencyOf(actor.workspaceId),
  newId,
  get: async (entity, id) => (await deps.reader.get(actor.workspaceId, entity, id))?.row ?? null,
  find: async (name, field, value) => {
    const entity = entityNamed(name)
    if (!entity) return []
    const where = [{ field, operator: 'eq', value }] as const
    const query = { entity, where, sort: [], limit: mostFound }
    return (await deps.reader.list(actor.workspaceId, query)).records.map(({ row }) => row)
  },
})

/** A change of the rules as an edit; sets and texts go the way of their kind. */
export const changeToEdit = (change: RecordChange): EditInput => {
  const entity = entityNamed(change.entity)
  const edit: EditInput = { entity: change.entity, id: change.id, s: {} }
  for (const [name, value] of Object.entries(change.set ?? {})) addValue(edit, entity, name, value)
  return change.create ? { ...edit, mustBeNew: true } : { ...edit, mustExist: true }
}

const addValue = (
  edit: EditInput,
  entity: AnyEntity | undefined,
  name: string,
  value: unknown,
): void => {
  const kind = entity?.fields[name]?.kind
  const merge = kind === undefined ? 'value' : mergeOf[kind]
  if (merge === 'value') edit.s[name] = value
  else if (merge === 'text')
    edit.text = { ...edit.text, [name]: typeof value === 'string' ? value : null }
  else if (Array.isArray(value) && value.length > 0)
    edit.e = { ...edit.e, [name]: { add: value.map(String) } }
}

/** An edit on its way, with the place where its caller waits for the outcome. */
type Traced = RecordChange & { edit: EditInput }

const isTraced = (change: Traced | RecordChange): change is Traced => 'edit' in change

/** Commits edits with all that follows from them; outcomes stand in the order of the edits given. */
export const createCompletingCommit = (deps: Deps): Commit => {
  const complete = async (
    actor: Actor,
    group: readonly EditInput[],
    ownerOf: (edit: EditInput) => Promise<string | null>,
  ): Promise<EditInput[]> => {
    const owned = await Promise.all(group.map((edit) => withOwner(edit, ownerOf)))
    const changes = owned.map(
      (edit): Traced => ({
        entity: edit.entity,
        id: edit.id,
        set: edit.s,
        create: edit.mustExist !== true,
        edit,
      }),
    )
    const context = createRuleContext(deps, actor)
    const all = await withConsequences<Traced>(changes, {
      rules: deps.rules,
      entityNamed,
      context,
    })
    const edits = all.map((change) =>
      isTraced(change) ? { ...change.edit, s: change.set ?? {} } : changeToEdit(change),
    )
    if (edits.length === group.length) return edits
    const g = group[0]?.g ?? newId()
    return edits.map((edit) => ({ ...edit, g }))
  }

  return async (actor, edits) => {
    const prepared: Prepared[] = []
    const ownerOf = deps.owners(actor)
    for (const wanted of groupsOf(edits)) {
      try {
        prepared.push({ wanted, edits: await complete(actor, wanted, ownerOf) })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        prepared.push({ wanted, edits: [], refusal: error })
      }
    }
    const outcomes = await deps.commit(
      actor,
      prepared.flatMap((part) => part.edits),
    )
    return answers(prepared, outcomes)
  }
}

const withOwner = async (
  edit: EditInput,
  ownerOf: (edit: EditInput) => Promise<string | null>,
): Promise<EditInput> => {
  const entity = entityNamed(edit.entity)
  if (!edit.mustBeNew || !entity?.fields.ownerId || edit.s.ownerId !== undefined) return edit
  return { ...edit, s: { ...edit.s, ownerId: await ownerOf(edit) } }
}

/** A group as it was asked for, and as it is written. */
type Prepared = { wanted: EditInput[]; edits: EditInput[]; refusal?: Refusal }

/** The outcome of each edit that was asked for; what the rules added goes unmentioned. */
const answers = (
  prepared: readonly Prepared[],
  outcomes: readonly EditOutcome[],
): EditOutcome[] => {
  const result: EditOutcome[] = []
  let at = 0
  for (const { wanted, edits, refusal } of prepared) {
    const own = outcomes.slice(at, at + edits.length)
    at += edits.length
    for (const { entity, id } of wanted) {
      const outcome = own[edits.findIndex((edit) => edit.entity === entity && edit.id === id)]
      if (outcome) result.push(outcome)
      else if (refusal) result.push({ ok: false, refusal: refusal.info })
    }
  }
  return result
}
