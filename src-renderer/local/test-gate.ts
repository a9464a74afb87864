/** The merging half of the test server: records, decisions on edits, pages. */
import { fold } from '../../shared/crdt/patch'
import { addPatches, openRecord, patchesOf, recordState } from '../../shared/crdt/record-doc'
import { foldedRow, readTexts } from '../../shared/crdt/row'
import { applyTextUpdate } from '../../shared/crdt/text-update'
import { entityNamed } from '../../shared/features'
import type { AnyRow } from '../../shared/kernel/entity'
import { newId } from '../../shared/kernel/ids'
import { Refusal, type RefusalInfo } from '../../shared/kernel/refusal'
import { checkValues } from '../../shared/kernel/schema'
import { encodeFrame } from '../../shared/protocol/frame'
import type { Edit, RecordTuple, ServerMessage } from '../../shared/protocol/sync'

type Held = { entity: string; id: string; seq: number; state: Uint8Array }
type Answer = { ok: true; seq: number } | { ok: false; refusal: RefusalInfo }

const tuple = ({ entity, id, seq, state }: Held): RecordTuple => [
  entity,
  id,
  seq,
  new Uint8Array(state),
]

export const createTestGate = () => {
  const records = new Map<string, Held>()
  const answers = new Map<string, Answer>()
  const state = {
    epoch: newId(),
    seq: 0,
    pageLimit: 5000,
    /** Refuses edits beyond what their values are refused for. */
    judge: (_: Edit): RefusalInfo | undefined => undefined,
  }

  const row = (entityName: string, id: string): AnyRow | undefined => {
    const entity = entityNamed(entityName)
    const held = records.get(`${entityName} ${id}`)
    if (!entity || !held) return undefined
    const doc = openRecord(held.state)
    return foldedRow(entity, id, fold(patchesOf(doc)), readTexts(entity, doc))
  }

  const write = (edit: Edit, by?: string): number => {
    const entity = entityNamed(edit.entity)
    if (!entity) throw new Error('unknown entity')
    const key = `${edit.entity} ${edit.id}`
    let doc = openRecord(records.get(key)?.state)
    for (const update of Object.values(edit.x ?? {})) {
      const outcome = applyTextUpdate(entity, doc, update)
      if (!outcome.ok) throw new Error(outcome.why)
      doc = outcome.doc
    }
    const { t, s, e = {} } = edit
    const sets = Object.fromEntries(
      Object.entries(e).map(([name, { add = [], remove = [] }]) => [name, { add, remove }]),
    )
    addPatches(doc, [
      {
        t,
        s,
        ...(edit.e ? { e: sets } : {}),
        ...(edit.x ? { x: Object.keys(edit.x) } : {}),
        ...(by === undefined ? {} : { by }),
      },
    ])
    state.seq += 1
    records.set(key, {
      entity: edit.entity,
      id: edit.id,
      seq: state.seq,
      state: recordState(doc),
    })
    return state.seq
  }

  /** The records behind a cursor, in seq order. */
  const changedSince = (after: number): RecordTuple[] =>
    [...records.values()]
      .filter(({ seq }) => seq > after)
      .sort((a, b) => a.seq - b.seq)
      .map(tuple)

  const judged = (edit: Edit): RefusalInfo | undefined => {
    const entity = entityNamed(edit.entity)
    const errors = entity ? checkValues(entity, edit.s) : []
    return errors.length > 0 ? new Refusal('record.invalid', { errors }).info : state.judge(edit)
  }

  const decide = (device: string, edits: Edit[], by?: string): ServerMessage => {
    const refusals = new Map(edits.map((edit) => [edit.n, judged(edit)]))
    for (const edit of edits) {
      const key = `${device} ${edit.n}`
      if (answers.has(key)) continue
      const group = edits.filter((each) => each === edit || (edit.g && each.g === edit.g))
      const refusal = group.map((each) => refusals.get(each.n)).find((each) => each)
      answers.set(key, refusal ? { ok: false, refusal } : { ok: true, seq: write(edit, by) })
    }
    const known = edits.map((edit) => ({ n: edit.n, answer: answers.get(`${device} ${edit.n}`) }))
    return {
      type: 'ack',
      accepted: known.flatMap(({ n, answer }) => (answer?.ok ? [[n, answer.seq]] : [])),
      refused: known.flatMap(({ n, answer }) =>
        answer && !answer.ok ? [[n, answer.refusal]] : [],
      ),
    }
  }

  const page = (after: number, limit: number): ServerMessage => {
    const behind = changedSince(after)
    const some = behind.slice(0, Math.min(limit, state.pageLimit))
    const done = some.length === behind.length
    return {
      type: 'page',
      records: encodeFrame(some),
      upTo: done ? Math.max(after, state.seq) : (some.at(-1)?.[2] ?? after),
      done,
    }
  }

  /** What a backup would hold; restoring it begins a new epoch. */
  const snapshot = () => {
    const kept = { records: new Map(records), answers: new Map(answers), seq: state.seq }
    return () => {
      records.clear()
      answers.clear()
      for (const [key, value] of kept.records) records.set(key, value)
      for (const [key, value] of kept.answers) answers.set(key, value)
      Object.assign(state, { seq: kept.seq, epoch: newId() })
    }
  }

  return { state, records, row, write, decide, page, changedSince, snapshot }
}
