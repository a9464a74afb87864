/** Contents that the server did not take: told in *Sync issues*, sent again or given up. */
import { file as fileEntity } from '../../../shared/features/files/file'
import type { AnyRow } from '../../../shared/kernel/entity'
import { Refusal, type RefusalCode, type RefusalInfo } from '../../../shared/kernel/refusal'
import type { Database } from '../database'
import { refusalIn } from '../session/problem'
import type { IssueEntry, RefusedContent } from '../stored'
import { forget } from './contents'

const prefix = 'content '

export const isRefusedContent = (issue: IssueEntry | RefusedContent): issue is RefusedContent =>
  'file' in issue

/** Answers that will be the same a moment later. */
const finalAnswers: { [status: number]: RefusalCode } = {
  403: 'auth.forbidden',
  413: 'file.not-taken',
  422: 'record.invalid',
}

/** Why a content was not taken for good; `undefined` where another attempt may do. */
export const finalRefusal = async (answer: Response): Promise<RefusalInfo | undefined> => {
  const code = finalAnswers[answer.status]
  if (code === undefined) return undefined
  // A proxy in front of the server may take less than the server does, and knows no problem details.
  return ((await refusalIn(answer)) ?? new Refusal(code)).info
}

/** Keeps why the content of a file was not taken. */
export const putRefusal = async (
  database: Database,
  { row, at, refusal }: { row: AnyRow; at: string; refusal: RefusalInfo },
): Promise<void> => {
  const { id, name, sha256, deletedAt } = row
  await database.issues.put({
    id: prefix + id,
    file: { id, sha256: String(sha256) },
    at,
    title: String(name),
    isRemoved: deletedAt !== null,
    refusal,
  })
}

/** A file that was removed needs nobody, unless it comes back. Answers whether that is news. */
export const noteRemoval = async (database: Database, issue: RefusedContent): Promise<boolean> => {
  const row = await database.rows(fileEntity.name).get(issue.file.id)
  const isRemoved = row !== undefined && row.deletedAt !== null
  if (isRemoved === issue.isRemoved) return false
  await database.issues.put({ ...issue, isRemoved })
  return true
}

export const refusalOfContent = async (
  database: Database,
  id: string,
): Promise<RefusedContent | undefined> => {
  const issue = await database.issues.get(prefix + id)
  return issue && isRefusedContent(issue) ? issue : undefined
}

/** The content was taken, or is to be offered again. */
export const clearRefusal = (database: Database, id: string): Promise<void> =>
  database.issues.delete(prefix + id)

/** How many contents were not taken, and how many of them need somebody. */
export const countRefusedContents = async (
  database: Database,
): Promise<{ all: number; removed: number }> => {
  const issues = await database.issues.where('id').startsWith(prefix).toArray()
  const removed = issues.filter((issue) => isRefusedContent(issue) && issue.isRemoved).length
  return { all: issues.length, removed }
}

/** The record stays, without its content. */
export const giveUpContent = async (
  database: Database,
  { file: { id, sha256 } }: RefusedContent,
): Promise<void> => {
  await forget(database, sha256, id)
  await clearRefusal(database, id)
}
