/**
 * The books of a run: what people meant, what they were told, what the gate decided. Kept apart
 * from everything under test, so that it can be held against it.
 */
import { type Folded, fold } from '../../shared/crdt/patch'
import { openRecord, patchesOf } from '../../shared/crdt/record-doc'
import { clampStamp, maxDriftMs, parseStamp } from '../../shared/kernel/clock'
import type { OutboxEntry } from '../../src-renderer/local/stored'
import type { Decision } from './sim-server'

/** One edit that a person was told is saved. */
export type Intent = { computer: string; entry: OutboxEntry }

/** A word that somebody wrote into a text. */
export type Word = {
  computer: string
  word: string
  entity: string
  id: string
  /** The stamp of the edit that carries it. */
  t: string
  isStruck: boolean
}

type Mark = { t: string; value: unknown; isExcused: boolean }

export const recordOf = ({ entity, id }: { entity: string; id: string }): string =>
  `${entity} ${id}`

const isText = ({ s, e, x }: OutboxEntry): boolean =>
  x !== undefined && e === undefined && Object.keys(s).length === 0

export const createLedger = (deps: {
  /** The server's state of a record right now. */
  stateOf: (entity: string, id: string) => Uint8Array | undefined
  /** Whether somebody may edit such records, or could a moment ago, when the push came in. */
  mayEdit: (userId: string, entity: string) => boolean
  onViolation: (text: string) => void
}) => {
  const intents = new Map<string, Intent>()
  const words: Word[] = []
  const accepted = new Set<string>()
  const refused = new Set<string>()
  /** Refused edits that a person has dealt with. */
  const handled = new Set<string>()
  /** Per record and field, or element of a set, the newest word that the server ever confirmed. */
  const marks = new Map<string, Mark>()
  /** Every stamp that the server ever held. */
  const stamps = new Set<string>()
  /** Device and number of every edit that was accepted. */
  const numbers = new Set<string>()

  const claim = (key: string, t: string, value: unknown) => {
    stamps.add(t)
    const before = marks.get(key)
    if (!before || t >= before.t) marks.set(key, { t, value, isExcused: false })
  }

  const mark = (record: string, folded: Folded) => {
    for (const [field, { t, value }] of folded.fields) claim(`${record} ${field}`, t, value)
    for (const [field, elements] of folded.sets)
      for (const [element, { t, present }] of elements)
        claim(`${record} ${field} ${element}`, t, present)
  }

  const keysOf = ({ edit }: Decision): [key: string, field: string, element?: string][] => {
    const record = recordOf(edit)
    return [
      ...Object.keys(edit.s).map((field): [string, string] => [`${record} ${field}`, field]),
      ...Object.entries(edit.e ?? {}).flatMap(([field, { add = [], remove = [] }]) =>
        [...add, ...remove].map((element): [string, string, string] => [
          `${record} ${field} ${element}`,
          field,
          element,
        ]),
      ),
    ]
  }

  const stampIn = (folded: Folded, field: string, element?: string): string =>
    (element === undefined
      ? folded.fields.get(field)?.t
      : folded.sets.get(field)?.get(element)?.t) ?? ''

  const accept = (decision: Decision) => {
    const { actor, edit, at } = decision
    const t = edit.t ?? ''
    const number = `${actor.device} ${edit.n}`
    if (numbers.has(number)) return
    numbers.add(number)
    accepted.add(t)
    if (!deps.mayEdit(actor.userId, edit.entity))
      deps.onViolation(`an edit of ${edit.entity} was accepted from somebody who may not edit it`)
    const state = deps.stateOf(edit.entity, edit.id)
    if (!state) return deps.onViolation(`an accepted ${edit.entity} is not stored`)
    const folded = fold(patchesOf(openRecord(state)))
    const least = clampStamp(t, at + maxDriftMs)
    for (const [key, field, element] of keysOf(decision))
      if (stampIn(folded, field, element) < least && !isCreator(field))
        deps.onViolation(`an accepted edit of ${key} decides nothing and is not overtaken`)
    mark(recordOf(edit), folded)
  }

  /** Set by the gate itself when a record is created. */
  const isCreator = (field: string) => field === 'createdBy' || field === 'createdAt'

  const refuse = (decision: Decision) => {
    const t = decision.edit.t ?? ''
    refused.add(t)
    // What was confirmed once and is refused now, after a restore, has been told to its author.
    for (const [key] of keysOf(decision)) {
      const held = marks.get(key)
      if (held && held.t.slice(-10) === t.slice(-10) && held.t <= t) held.isExcused = true
    }
  }

  const requireWholeGroups = (decisions: readonly Decision[]) => {
    const groups = new Map<string, Set<boolean>>()
    for (const { edit, outcome } of decisions)
      if (edit.g !== undefined)
        groups.set(edit.g, (groups.get(edit.g) ?? new Set()).add(outcome.ok))
    for (const [g, outcomes] of groups)
      if (outcomes.size > 1) deps.onViolation(`group ${g.slice(-4)} was accepted by half`)
  }

  return {
    intents,
    words,
    accepted,
    refused,
    handled,
    marks,
    numbers,
    /** Whether an edit is one that the books know already, under its own stamp or the server's. */
    knows: (t: string): boolean => intents.has(t) || stamps.has(t),
    /** Typing joined an edit that had not been sent: the same edit goes on under a newer stamp. */
    typedOn: (computer: string, entry: OutboxEntry, waiting: ReadonlySet<string>) => {
      if (!isText(entry)) return
      for (const [t, intent] of intents) {
        // By its number it is not known again: a new epoch numbers what waits anew.
        const isGone = intent.computer === computer && !waiting.has(t)
        if (!isGone || recordOf(intent.entry) !== recordOf(entry) || !isText(intent.entry)) continue
        if (accepted.has(t) || refused.has(t)) continue
        intents.delete(t)
        for (const word of words) if (word.t === t) word.t = entry.t
      }
    },
    decided: (decisions: readonly Decision[]) => {
      requireWholeGroups(decisions)
      for (const decision of decisions)
        if (decision.outcome.ok) accept(decision)
        else refuse(decision)
    },
    /** The server forgot; what no computer can bring back is gone with it. */
    restored: (isHeld: (record: string, device: string) => boolean) => {
      for (const [key, { t }] of marks) {
        const [entity = '', id = ''] = key.split(' ')
        if (!isHeld(recordOf({ entity, id }), parseStamp(t).device)) marks.delete(key)
      }
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>
