/** Writes converted rows into the local store: in batches, with progress, cancellable, undoable. */
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import type { Draft } from '../../../shared/portability/convert'
import type { Change, LocalStore } from '../../local/api'

export type DuplicateChoice = 'skip' | 'update' | 'create'

export type ImportResult = {
  created: number
  updated: number
  skipped: number
  failed: { line: number; reason: string }[]
  undoIds: string[]
  cancelled: boolean
}

/** Records of one transaction; small enough that the app stays quick in between. */
const batchSize = 200

const clean = (value: unknown): string =>
  typeof value === 'string' ? value.trim().toLowerCase() : ''

/** What makes two rows the same person: the address, else the phone number, else name and account. */
export const identityOf = (values: { [field: string]: unknown }, account: string): string => {
  if (clean(values.email)) return `email ${clean(values.email)}`
  if (clean(values.phone)) return `phone ${clean(values.phone)}`
  return `name ${clean(values.firstName ?? values.name)} ${clean(values.lastName)} ${account.toLowerCase()}`
}

const everything = 1_000_000

type Known = { ids: Map<string, string>; accounts: Map<string, string>; tags: Map<string, string> }

const byName = (rows: readonly AnyRow[]): Map<string, string> =>
  new Map(rows.map((row) => [clean(row.name), row.id]))

const readKnown = async (store: LocalStore, entity: AnyEntity): Promise<Known> => {
  const [records, accounts, tags] = await Promise.all([
    store.list({ entity: entity.name, limit: everything }),
    store.list({ entity: 'account', limit: everything }),
    store.list({ entity: 'tag', limit: everything }),
  ])
  const names = new Map(accounts.rows.map((row) => [row.id, clean(row.name)]))
  const ids = new Map<string, string>()
  for (const row of records.rows)
    ids.set(identityOf(row, names.get(String(row.accountId)) ?? ''), row.id)
  return { ids, accounts: byName(accounts.rows), tags: byName(tags.rows) }
}

/** The id behind a name; a name nobody has yet becomes a record of the same batch. */
const idFor = (
  known: Map<string, string>,
  name: string,
  create: (id: string) => Change,
  changes: Change[],
): string => {
  const held = known.get(clean(name))
  if (held !== undefined) return held
  const id = newId()
  known.set(clean(name), id)
  changes.push(create(id))
  return id
}

const changesOf = (
  entity: AnyEntity,
  draft: Draft,
  known: Known,
  target: { id: string; isNew: boolean },
): Change[] => {
  const changes: Change[] = []
  const set = { ...draft.values }
  if (draft.account !== null && 'accountId' in entity.fields)
    set.accountId = idFor(
      known.accounts,
      draft.account,
      (id) => ({ entity: 'account', id, create: true, set: { name: draft.account } }),
      changes,
    )
  if (draft.tags.length > 0 && 'tags' in entity.fields)
    set.tags = [
      ...new Set(
        draft.tags.map((name) =>
          idFor(
            known.tags,
            name,
            (id) => ({ entity: 'tag', id, create: true, set: { name, color: 'gray' } }),
            changes,
          ),
        ),
      ),
    ]
  changes.push({
    entity: entity.name,
    id: target.id,
    ...(target.isNew ? { create: true } : {}),
    set,
  })
  return changes
}

type Input = {
  store: LocalStore
  entity: AnyEntity
  drafts: readonly Draft[]
  duplicates: DuplicateChoice
  label: string
  signal: AbortSignal
  onProgress: (done: number) => void
}

/** Runs the import; what was written before a cancel stays and can be undone. */
export const runImport = async (input: Input): Promise<ImportResult> => {
  const { store, entity, drafts, signal } = input
  const known = await readKnown(store, entity)
  const result: ImportResult = {
    created: 0,
    updated: 0,
    skipped: 0,
    failed: [],
    undoIds: [],
    cancelled: false,
  }
  for (let start = 0; start < drafts.length; start += batchSize) {
    if (signal.aborted) return { ...result, cancelled: true }
    await writeBatch(input, known, drafts.slice(start, start + batchSize), result)
    input.onProgress(Math.min(drafts.length, start + batchSize))
  }
  return result
}

const writeBatch = async (
  input: Input,
  known: Known,
  drafts: readonly Draft[],
  result: ImportResult,
): Promise<void> => {
  const changes: Change[] = []
  const count = { created: 0, updated: 0 }
  for (const draft of drafts) {
    const identity = identityOf(draft.values, draft.account ?? '')
    const held = known.ids.get(identity)
    if (held !== undefined && input.duplicates === 'skip') {
      result.skipped += 1
      continue
    }
    const isNew = held === undefined || input.duplicates === 'create'
    const id = isNew ? newId() : held
    known.ids.set(identity, id)
    count[isNew ? 'created' : 'updated'] += 1
    changes.push(...changesOf(input.entity, draft, known, { id, isNew }))
  }
  if (changes.length === 0) return
  const written = await input.store.commit(changes, { label: input.label })
  if (written.ok) {
    result.created += count.created
    result.updated += count.updated
    if (written.undoId !== null) result.undoIds.push(written.undoId)
  } else result.failed.push(...drafts.map(({ line }) => ({ line, reason: written.refusal.detail })))
}

/** Takes a whole import back, newest batch first. */
export const undoImport = async (store: LocalStore, undoIds: readonly string[]): Promise<void> => {
  for (const undoId of [...undoIds].reverse()) await store.undo(undoId)
}
