/** What stands in files, by SHA-256: added here and waiting to be sent, or fetched and kept for the train. */
import { file as fileEntity, maxFileBytes } from '../../../shared/features/files/file'
import { newId } from '../../../shared/kernel/ids'
import { Refusal } from '../../../shared/kernel/refusal'
import type { CommitResult, NewFile } from '../api'
import type { Database } from '../database'
import { isQuotaProblem, quotaRefusal } from '../edits/quota'
import type { FileEntry } from '../stored'
import type { AskServer } from './ask'

/** Fetched contents beyond this are given up, the oldest first; what waits to be sent never is. */
const keptBytes = 256 * 1024 * 1024

type Bytes = Uint8Array<ArrayBuffer>

const sha256Of = async (content: Bytes): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', content))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

const put = async (database: Database, entry: FileEntry): Promise<void> => {
  try {
    await database.files.put(entry)
  } catch (cause) {
    throw isQuotaProblem(cause) ? quotaRefusal(cause) : cause
  }
}

type AddDeps = {
  database: Database
  now: () => number
  commit: (id: string, set: { [field: string]: unknown }) => Promise<CommitResult>
}

/** Keeps the content, then writes the record that tells of it. Throws a refusal where it cannot be kept. */
export const addFile = async (deps: AddDeps, file: NewFile): Promise<CommitResult> => {
  const { content, name, mediaType, links } = file
  if (content.size > maxFileBytes)
    throw new Refusal('request.too-large', {
      detail: `${name} has more than ${maxFileBytes / 1_000_000} MB, the most that a file may have.`,
    })
  const bytes = new Uint8Array(await content.arrayBuffer())
  const sha256 = await sha256Of(bytes)
  const id = newId()
  const known = await deps.database.files.get(sha256)
  await put(deps.database, {
    sha256,
    content: bytes,
    at: new Date(deps.now()).toISOString(),
    // Another record may wait for the same content.
    waitingFor: [...(known?.waitingFor ?? []), id],
  })
  const set = { ...links, name, mediaType: mediaType || null, size: bytes.length, sha256 }
  const result = await deps.commit(id, set)
  if (!result.ok) await forget(deps.database, sha256, id)
  return result
}

/** The record waits for its content no longer. */
export const forget = (database: Database, sha256: string, id: string): Promise<void> =>
  database.dexie.transaction('rw', database.files, async () => {
    const entry = await database.files.get(sha256)
    if (!entry) return
    const waitingFor = entry.waitingFor.filter((other) => other !== id)
    await database.files.put({ ...entry, waitingFor })
  })

/** Gives up the oldest of what was fetched, so that old files do not fill the disk. */
const prune = async (database: Database): Promise<void> => {
  let kept = 0
  const entries = await database.files.orderBy('at').reverse().toArray()
  for (const { sha256, content, waitingFor } of entries) {
    kept += content.length
    if (kept > keptBytes && waitingFor.length === 0) await database.files.delete(sha256)
  }
}

type ReadDeps = { database: Database; now: () => number; ask: AskServer }

/** The content of a file, from this machine or the server. Throws a refusal where neither has it. */
export const fileContent = async (deps: ReadDeps, id: string): Promise<Bytes> => {
  const row = await deps.database.rows(fileEntity.name).get(id)
  const sha256 = String(row?.sha256)
  const here = await deps.database.files.get(sha256)
  if (here) return here.content
  const answer = await deps.ask(`files/${id}/content`).catch((cause: unknown) => {
    throw new Refusal('file.elsewhere', { cause })
  })
  if (!answer.ok) throw new Refusal(answer.status === 404 ? 'file.missing' : 'file.elsewhere')
  const content = new Uint8Array(await answer.arrayBuffer())
  if ((await sha256Of(content)) !== sha256) throw new Refusal('file.damaged')
  const entry = { sha256, content, at: new Date(deps.now()).toISOString(), waitingFor: [] }
  // Kept for the next time only if there is room: it can be had again.
  await put(deps.database, entry).then(
    () => prune(deps.database),
    () => undefined,
  )
  return content
}
