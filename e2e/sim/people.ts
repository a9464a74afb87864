/** What people do: each action begins in a window, its outcome goes into the books. */
import * as Y from 'yjs'
import { openRecord, readText, textFragment } from '../../shared/crdt/record-doc'
import type { AnyRow } from '../../shared/kernel/entity'
import { newId } from '../../shared/kernel/ids'
import type { Change, CommitResult } from '../../src-renderer/local/api'
import type { Computer } from './computer'
import type { Ledger } from './ledger'
import type { Loop } from './loop'
import type { Step } from './steps'

/** What can be edited of each kind of record, plain text all of it. */
const kinds = [
  {
    entity: 'contact',
    title: 'firstName',
    fields: ['firstName', 'jobTitle', 'department', 'source'],
  },
  {
    entity: 'account',
    title: 'name',
    fields: ['name', 'billingCity', 'billingZip', 'shippingCity'],
  },
  { entity: 'lead', title: 'name', fields: ['name', 'jobTitle', 'companyName', 'lostReason'] },
] as const

export const entitiesInUse = kinds.map(({ entity }) => entity)

/** Values that begin so are made invalid on their way: a client with looser checks than the server. */
export const badPrefix = 'bad '

const kindOf = (record: number) => kinds[record % kinds.length] ?? kinds[0]

type Act = (store: NonNullable<Computer['window']>['store']) => Promise<void>

type Deps = {
  loop: Loop
  ledger: Ledger
  onViolation: (text: string) => void
  onError: (error: unknown) => void
}

const expectedRefusals = ['auth.forbidden', 'record.missing']

export const createPeople = (deps: Deps) => {
  const { loop, ledger } = deps
  const ids = new Map<number, string>()
  const tags = [newId(), newId(), newId()]
  const state = { values: 0 }
  const writing = new WeakMap<object, Set<string>>()

  const fresh = (prefix = ''): string => {
    state.values += 1
    return `${prefix}v${state.values}`
  }

  const rowOf = (computer: Computer, record: number) => {
    const { entity } = kindOf(record)
    return computer.disk.rows(entity).find(({ id }) => id === ids.get(record))
  }

  /** Puts what a person has just been told is saved into the books. */
  const note = (computer: Computer) => {
    const outbox = computer.disk.outbox()
    const waiting = new Set(outbox.map(({ t }) => t))
    for (const entry of outbox)
      if (!ledger.knows(entry.t)) {
        ledger.typedOn(computer.name, entry, waiting)
        ledger.intents.set(entry.t, { computer: computer.name, entry })
      }
  }

  const requireShown = (computer: Computer, { entity, id, set = {} }: Change) => {
    const row: AnyRow | undefined = computer.disk.rows(entity).find((each) => each.id === id)
    for (const [field, value] of Object.entries(set)) {
      const shown = row?.[field]
      const same =
        Array.isArray(value) && Array.isArray(shown)
          ? JSON.stringify([...value].sort()) === JSON.stringify([...shown].sort())
          : shown === value
      if (!same)
        deps.onViolation(
          `${computer.name} saved ${field} = ${JSON.stringify(value)} and is shown ${JSON.stringify(shown)}`,
        )
    }
  }

  const onSaved = (computer: Computer, result: CommitResult, changes: readonly Change[]) => {
    if (result.ok) {
      note(computer)
      for (const change of changes) requireShown(computer, change)
    } else if (!expectedRefusals.includes(result.refusal.code))
      deps.onViolation(`${computer.name} was refused: ${JSON.stringify(result.refusal)}`)
  }

  /** Does something in the open window of a computer, if there is one and somebody is signed in. */
  const inWindow = (computer: Computer, act: Act) => {
    const { window } = computer
    if (!window || !computer.disk.meta()) return
    loop.soon(window.process, () => {
      act(window.store).catch(deps.onError)
    })
  }

  /**
   * Writes in the text of a record, unless this window still does: what is typed next builds on what
   * the writer saw, and nobody types in a text that has not come up yet.
   */
  const inText = (computer: Computer, id: string, act: Act) => {
    const { window } = computer
    if (!window) return
    const open = writing.get(window) ?? new Set()
    writing.set(window, open)
    if (open.has(id)) return
    open.add(id)
    inWindow(computer, (store) => act(store).finally(() => open.delete(id)))
  }

  const save = (computer: Computer, changes: Change[], options: { undoable?: boolean } = {}) =>
    inWindow(computer, async (store) =>
      onSaved(computer, await store.commit(changes, { label: 'Edit', ...options }), changes),
    )

  const create = (computer: Computer, record: number) => {
    const { entity, title } = kindOf(record)
    if (ids.has(record) || !computer.window || !computer.disk.meta()) return
    const id = newId()
    ids.set(record, id)
    save(computer, [{ entity, id, set: { [title]: fresh() }, create: true }])
  }

  const edit = (computer: Computer, step: { record: number; field: number; bad: boolean }) => {
    const { entity, fields } = kindOf(step.record)
    const row = rowOf(computer, step.record)
    const field = fields[step.field]
    if (row && field)
      save(computer, [{ entity, id: row.id, set: { [field]: fresh(step.bad ? badPrefix : '') } }])
  }

  const group = (computer: Computer, step: { records: number[]; bad: boolean }) => {
    const value = fresh()
    const changes = step.records.flatMap((record, index): Change[] => {
      const { entity, fields } = kindOf(record)
      const row = rowOf(computer, record)
      const said = step.bad && index === 0 ? `${badPrefix}${value}` : value
      return row ? [{ entity, id: row.id, set: { [fields[1]]: said } }] : []
    })
    if (changes.length > 0) save(computer, changes)
  }

  const tag = (computer: Computer, step: { record: number; tag: number }) => {
    const row = rowOf(computer, step.record)
    const element = tags[step.tag]
    if (!row || element === undefined) return
    const before = Array.isArray(row.tags) ? row.tags : []
    const after = before.includes(element)
      ? before.filter((each) => each !== element)
      : [...before, element]
    save(computer, [{ entity: kindOf(step.record).entity, id: row.id, set: { tags: after } }])
  }

  const wordSaved = (computer: Computer, written: { word: string; entity: string; id: string }) => {
    const carrier = computer.disk
      .outbox()
      .filter(({ id, x }) => id === written.id && x !== undefined)
      .at(-1)
    const row = computer.disk.rows(written.entity).find(({ id }) => id === written.id)
    if (
      !String(row?.notes ?? '')
        .split('\n')
        .includes(written.word)
    )
      deps.onViolation(`${computer.name} wrote ${written.word} and is not shown it`)
    if (carrier)
      ledger.words.push({ ...written, computer: computer.name, t: carrier.t, isStruck: false })
  }

  /**
   * Who sets a whole text strikes what they had not seen: words that came in while they did. Only
   * those; words that had not arrived here must survive.
   */
  const overwritten = (
    computer: Computer,
    { entity, id }: { entity: string; id: string },
    seen: string,
  ) => {
    const state = computer.disk.rows(entity).find((row) => row.id === id)?.$state
    const arrived = state ? (readText(openRecord(state), 'notes') ?? '').split('\n') : []
    for (const each of ledger.words) {
      const isHere = each.entity === entity && each.id === id && arrived.includes(each.word)
      if (isHere && !seen.split('\n').includes(each.word)) each.isStruck = true
    }
  }

  const write = (computer: Computer, step: { record: number; how: 'set' | 'editor' }) => {
    const row = rowOf(computer, step.record)
    if (!row) return
    const { entity } = kindOf(step.record)
    const written = { word: fresh('w'), entity, id: row.id }
    inText(computer, row.id, async (store) => {
      const change: Change =
        step.how === 'set'
          ? {
              entity,
              id: row.id,
              set: { notes: [row.notes, written.word].filter((line) => line).join('\n') },
            }
          : {
              entity,
              id: row.id,
              text: { notes: typed(await store.openText(entity, row.id), written.word) },
            }
      const result = await store.commit([change], { label: 'Write', undoable: false })
      onSaved(computer, result, [])
      if (result.ok && step.how === 'set') overwritten(computer, written, String(row.notes ?? ''))
      if (result.ok) wordSaved(computer, written)
    })
  }

  /** What an editor makes of a document when somebody types a line at its end. */
  const typed = (document: Uint8Array, word: string): Uint8Array => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, document)
    state.values += 1
    doc.clientID = 1_000_000 + state.values
    const before = Y.encodeStateVector(doc)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(word)])
    const fragment = textFragment(doc, 'notes')
    fragment.insert(fragment.length, [paragraph])
    return Y.encodeStateAsUpdate(doc, before)
  }

  const strike = (computer: Computer, record: number) => {
    const row = rowOf(computer, record)
    const lines = String(row?.notes ?? '').split('\n')
    const [word] = lines
    if (!row || !word) return
    inText(computer, row.id, async (store) => {
      for (const each of ledger.words) if (each.word === word) each.isStruck = true
      const set = { notes: lines.slice(1).join('\n') }
      const change = { entity: kindOf(record).entity, id: row.id, set }
      onSaved(computer, await store.commit([change], { label: 'Strike', undoable: false }), [])
    })
  }

  const toggleDeleted = (computer: Computer, record: number) => {
    const row = rowOf(computer, record)
    if (!row) return
    const deletedAt = row.deletedAt === null ? new Date(loop.now()).toISOString() : null
    save(computer, [{ entity: kindOf(record).entity, id: row.id, set: { deletedAt } }])
  }

  const again = (computer: Computer, direction: 'undo' | 'redo') =>
    inWindow(computer, async (store) => {
      // What is no longer allowed is refused with a message: nothing has happened then.
      await store[direction]().catch((error: unknown) => {
        if (!(error instanceof Error && error.name === 'Refusal')) throw error
      })
      note(computer)
    })

  const retry = (computer: Computer) => {
    const [issue] = computer.disk.issues()
    if (!issue) return
    const values = Object.entries(issue.edit.s)
      .filter(([, value]) => String(value).startsWith(badPrefix))
      .map(([name]) => [name, fresh()])
    const together = computer.disk
      .issues()
      .filter(({ id, edit: { g } }) => id === issue.id || (g !== undefined && g === issue.edit.g))
    inWindow(computer, async (store) => {
      const result = await store.retryIssue(issue.id, Object.fromEntries(values))
      onSaved(computer, result, [])
      if (result.ok) for (const each of together) ledger.handled.add(each.edit.t)
    })
  }

  const discard = (computer: Computer) => {
    const [issue] = computer.disk.issues()
    if (!issue) return
    inWindow(computer, async (store) => {
      await store.discardIssue(issue.id)
      ledger.handled.add(issue.edit.t)
    })
  }

  /** Opens a record, which this copy may not hold. */
  const look = (computer: Computer, record: number) => {
    const id = ids.get(record)
    if (id === undefined) return
    inWindow(computer, async (store) => {
      await store.get(kindOf(record).entity, id)
    })
  }

  const resize = (computer: Computer, latest: number | null) =>
    inWindow(computer, (store) => store.changeCopy(latest))

  /** Does what the step says if it is something that people do in a window. */
  return (computer: Computer, step: Step): void => {
    if (step.do === 'create') create(computer, step.record)
    else if (step.do === 'edit') edit(computer, step)
    else if (step.do === 'group') group(computer, step)
    else if (step.do === 'tag') tag(computer, step)
    else if (step.do === 'write') write(computer, step)
    else if (step.do === 'strike') strike(computer, step.record)
    else if (step.do === 'delete') toggleDeleted(computer, step.record)
    else if (step.do === 'undo' || step.do === 'redo') again(computer, step.do)
    else if (step.do === 'retry') retry(computer)
    else if (step.do === 'discard') discard(computer)
    else if (step.do === 'look') look(computer, step.record)
    else if (step.do === 'copy') resize(computer, step.latest)
  }
}
