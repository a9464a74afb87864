/** The invariants. Those of a computer hold after every step, those of the world at rest. */
import { fold } from '../../shared/crdt/patch'
import { openRecord, patchesOf } from '../../shared/crdt/record-doc'
import { foldedRow, readTexts } from '../../shared/crdt/row'
import { entityNamed } from '../../shared/features'
import type { AnyRow } from '../../shared/kernel/entity'
import { isAlwaysKept } from '../../shared/kernel/kept'
import { deriveRecord, toRow } from '../../src-renderer/local/record'
import type { OutboxEntry } from '../../src-renderer/local/stored'
import type { Computer } from './computer'
import { type Ledger, recordOf } from './ledger'
import { entitiesInUse } from './people'

/** A record as the server holds it. */
export type Held = { entity: string; id: string; seq: number; state: Uint8Array; row: AnyRow }

type Say = (text: string) => void

const same = (a: unknown, b: unknown): boolean => stable(a) === stable(b)

/** JSON with keys in order. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

const byRecord = (entries: readonly OutboxEntry[]): Map<string, OutboxEntry[]> => {
  const lists = new Map<string, OutboxEntry[]>()
  for (const entry of entries) {
    const list = lists.get(recordOf(entry))
    if (list) list.push(entry)
    else lists.set(recordOf(entry), [entry])
  }
  return lists
}

const difference = (a: AnyRow, b: AnyRow): string =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => !same(a[name], b[name]))
    .map((name) => `${name} ${stable(a[name])} / ${stable(b[name])}`)
    .join(', ')

/** Every row is its base state with all waiting edits in it: nobody's own words go out of sight. */
export const checkComputer = (computer: Computer, say: Say): void => {
  if (computer.disk.isWriting()) return
  const waiting = byRecord(computer.disk.outbox())
  for (const name of entitiesInUse) {
    const entity = entityNamed(name)
    if (!entity) continue
    const stored = computer.disk.rows(name)
    for (const row of stored) {
      const edits = waiting.get(recordOf({ entity: name, id: row.id })) ?? []
      const derived = deriveRecord(entity, row.id, { state: row.$state, edits })
      const shown = toRow(row)
      if (!same(derived.row, shown))
        say(
          `${computer.name} shows a ${name} that is not what it knows: ${difference(shown, derived.row)}`,
        )
    }
    for (const [key] of waiting)
      if (key.startsWith(`${name} `) && !stored.some(({ id }) => key.endsWith(id)))
        say(`${computer.name} has edits of a ${name} that it does not show`)
  }
}

/** Whether a computer has to hold a record: all of them, or those that its copy is made of. */
const mustHold = ({ disk, person }: Computer, { entity: name, seq, row }: Held): boolean => {
  const entity = entityNamed(name)
  const floor = disk.meta()?.floor ?? 0
  return entity !== undefined && (seq > floor || isAlwaysKept(entity, row, person.userId))
}

/** What somebody sees of the workspace at rest is what their copy is to hold of all that they may see. */
export const checkConverged = (computer: Computer, visible: readonly Held[], say: Say): void => {
  for (const name of entitiesInUse) {
    const rows = new Map(computer.disk.rows(name).map((row) => [row.id, row]))
    for (const held of visible.filter(({ entity }) => entity === name)) {
      const row = rows.get(held.id)
      rows.delete(held.id)
      if (!row) {
        if (mustHold(computer, held)) say(`${computer.name} lacks a ${name}`)
      } else if (!same(toRow(row), held.row))
        say(
          `${computer.name} and the server differ on a ${name}: ${difference(toRow(row), held.row)}`,
        )
    }
    if (rows.size > 0) say(`${computer.name} has ${rows.size} ${name} that it should not have`)
  }
}

/** The server's rows are the fold of their states. */
export const checkServer = (held: readonly Held[], say: Say): void => {
  for (const { entity: name, id, state, row } of held) {
    const entity = entityNamed(name)
    const doc = openRecord(state)
    const folded = entity && foldedRow(entity, id, fold(patchesOf(doc)), readTexts(entity, doc))
    if (!folded || !same(folded, row)) say(`the server's row of a ${name} is not its state`)
  }
}

/** Nothing that was confirmed is gone: each field says that, or something newer. */
const checkMarks = (ledger: Ledger, held: readonly Held[], say: Say): void => {
  const folds = new Map(held.map((one) => [recordOf(one), fold(patchesOf(openRecord(one.state)))]))
  for (const [key, mark] of ledger.marks) {
    if (mark.isExcused) continue
    const [entity = '', id = '', field = '', element] = key.split(' ')
    const folded = folds.get(recordOf({ entity, id }))
    const winner =
      element === undefined ? folded?.fields.get(field) : folded?.sets.get(field)?.get(element)
    if (!winner || winner.t < mark.t)
      say(`${entity} ${field}: ${stable(mark.value)} was confirmed and is gone`)
  }
}

const checkWords = (ledger: Ledger, held: readonly Held[], say: Say): void => {
  for (const { word, t, isStruck, entity, id } of ledger.words) {
    if (isStruck || !ledger.accepted.has(t)) continue
    const row = held.find((one) => one.entity === entity && one.id === id)?.row
    const lines = String(row?.notes ?? '').split('\n')
    const times = lines.filter((line) => line === word).length
    if (times !== 1) say(`${word} was confirmed and stands ${times} times in the text`)
  }
}

/** Everything that people were told is saved was applied, or its refusal was shown to them. */
const checkIntents = (ledger: Ledger, computers: readonly Computer[], say: Say): void => {
  const shown = new Set(computers.flatMap(({ disk }) => disk.issues().map(({ edit }) => edit.t)))
  for (const [t, { computer, entry }] of ledger.intents)
    if (!ledger.accepted.has(t) && !shown.has(t) && !ledger.handled.has(t))
      say(
        `${computer} lost an edit of a ${entry.entity}: ${stable(entry.s)} ${stable(entry.e ?? {})}`,
      )
}

/** No edit took effect more often than it was made. */
const checkOnce = (ledger: Ledger, journal: ReadonlyMap<string, number>, say: Say): void => {
  const decided = new Map<string, number>()
  for (const number of ledger.numbers) {
    const [device = ''] = number.split(' ')
    decided.set(device, (decided.get(device) ?? 0) + 1)
  }
  for (const [device, times] of journal)
    if (times > (decided.get(device) ?? 0))
      say(`${times} edits were applied where ${decided.get(device) ?? 0} had been made`)
}

export type Rest = {
  ledger: Ledger
  computers: readonly Computer[]
  held: readonly Held[]
  /** How many edits of each device the journal names. */
  journal: ReadonlyMap<string, number>
}

export const checkBooks = ({ ledger, computers, held, journal }: Rest, say: Say): void => {
  checkMarks(ledger, held, say)
  checkWords(ledger, held, say)
  checkIntents(ledger, computers, say)
  checkOnce(ledger, journal, say)
}
