/** Refused edits: shown in *Sync issues*, sent again or given up. */

import { readText } from '../../shared/crdt/record-doc'
import { entityNamed } from '../../shared/features'
import { file as fileEntity } from '../../shared/features/files/file'
import { titleOf } from '../../shared/kernel/entity'
import { Refusal } from '../../shared/kernel/refusal'
import type { CommitResult, RecordSync, SyncIssue } from './api'
import type { Database } from './database'
import { type WriteContext, writeSteps } from './edits/write'
import { elementsAfter } from './elements'
import { giveUpContent, isRefusedContent, refusalOfContent } from './files/refused'
import { fieldsOf } from './pending'
import { openDocument } from './record'
import type { IssueEntry, LocalEdit, RefusedContent, Step, StoredRow } from './stored'

type Values = { [field: string]: unknown }

const isRefusedEdit = (issue: IssueEntry | RefusedContent): issue is IssueEntry =>
  !isRefusedContent(issue)

/** What a refused text would have said: readable, so that it can be copied and sent again. */
const textsOf = (edit: LocalEdit, row: StoredRow | undefined): Values => {
  const fields = Object.keys(edit.x ?? {})
  if (fields.length === 0) return {}
  const { doc } = openDocument({ state: row?.$state, edits: [edit] })
  return Object.fromEntries(fields.map((field) => [field, readText(doc, field)]))
}

const valuesOf = (edit: LocalEdit, row: StoredRow | undefined): Values => ({
  ...edit.s,
  ...textsOf(edit, row),
  ...Object.fromEntries(
    Object.entries(edit.e ?? {}).map(([name, change]) => [
      name,
      elementsAfter(row?.[name], change),
    ]),
  ),
})

export const listIssues = async (database: Database): Promise<SyncIssue[]> => {
  const issues = await database.issues.orderBy('id').toArray()
  const told = issues.filter((issue) => !isRefusedContent(issue) || !issue.isRemoved)
  return Promise.all(
    told.map(async (issue): Promise<SyncIssue> => {
      if (isRefusedContent(issue)) return contentIssue(issue)
      const { id, edit, at, title, refusal } = issue
      const entity = entityNamed(edit.entity)
      const row = entity ? await database.rows(edit.entity).get(edit.id) : undefined
      return {
        id,
        entity: edit.entity,
        recordId: edit.id,
        title: (entity && row && titleOf(entity, row)) || title,
        at,
        values: valuesOf(edit, row),
        isContent: false,
        refusal,
      }
    }),
  )
}

const contentIssue = ({ id, file, at, title, refusal }: RefusedContent): SyncIssue => ({
  id,
  entity: fileEntity.name,
  recordId: file.id,
  title,
  at,
  values: {},
  isContent: true,
  refusal,
})

/** The refused edit as a step again; values given now replace those refused. */
const stepOf = ({ edit }: IssueEntry, values: Values | undefined): Step => {
  const { createdAt, createdBy, ...set } = edit.s
  const replaced = Object.keys(values ?? {})
  const kept = Object.entries(edit.e ?? {}).filter(([name]) => !replaced.includes(name))
  const texts = Object.entries(edit.x ?? {}).filter(([name]) => !replaced.includes(name))
  return {
    entity: edit.entity,
    id: edit.id,
    set: { ...set, ...values },
    ...(kept.length > 0 ? { sets: Object.fromEntries(kept) } : {}),
    ...(texts.length > 0 ? { text: Object.fromEntries(texts) } : {}),
  }
}

/** The issue with all that were refused together with it: a group goes as a whole or not at all. */
const groupOf = async (database: Database, issue: IssueEntry): Promise<IssueEntry[]> =>
  issue.edit.g === undefined
    ? [issue]
    : (await database.issues.where('edit.g').equals(issue.edit.g).toArray())
        .filter(isRefusedEdit)
        .sort((a, b) => a.edit.n - b.edit.n)

/** Sends a refused edit again as a fresh one, with other values if given. */
export const retryIssue = async (
  context: WriteContext,
  id: string,
  values?: Values,
): Promise<CommitResult> => {
  const { database } = context
  const issue = await database.issues.get(id)
  if (!issue) return { ok: false, refusal: new Refusal('record.missing').info }
  if (isRefusedContent(issue)) {
    await database.issues.delete(id)
    context.onWritten({}, { history: false })
    return { ok: true, undoId: null }
  }
  const group = await groupOf(database, issue)
  return writeSteps(
    context,
    group.map((each) => stepOf(each, each.id === id ? values : undefined)),
    { alongside: () => database.issues.bulkDelete(group.map((each) => each.id)) },
  )
}

export const discardIssue = async (database: Database, id: string): Promise<void> => {
  const issue = await database.issues.get(id)
  if (issue && isRefusedContent(issue)) await giveUpContent(database, issue)
  else await database.issues.delete(id)
}

/** Which fields of a record are not with the server yet, which it refused, and which lost. */
export const recordSync = async (
  database: Database,
  entity: string,
  id: string,
): Promise<RecordSync> => {
  const waiting = await database.outbox.where('[entity+id]').equals([entity, id]).toArray()
  const refused = await database.issues
    .where('[edit.entity+edit.id]')
    .equals([entity, id])
    .toArray()
  const content = entity === fileEntity.name ? await refusalOfContent(database, id) : undefined
  const lost = await database.conflicts.where('[entity+recordId]').equals([entity, id]).toArray()
  return {
    lostFields: lost.map(({ field }) => field),
    pendingFields: fieldsOf(waiting.filter(({ acked }) => acked === undefined)),
    refusedFields: [
      ...fieldsOf(refused.filter(isRefusedEdit).map(({ edit }) => edit)),
      // What says that the server has it.
      ...(content ? ['uploadedAt'] : []),
    ],
  }
}

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const printable = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: toBase64(value) } : value

/** Everything that is on this machine alone, as JSON. */
export const exportOutbox = async (database: Database): Promise<string> => {
  const waiting = await database.outbox.toArray()
  const issues = await database.issues.toArray()
  return JSON.stringify(
    { waiting: waiting.filter(({ acked }) => acked === undefined), refused: issues },
    printable,
    2,
  )
}
