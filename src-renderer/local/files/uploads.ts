/**
 * Sends contents that wait, one after the other; the window that leads does it. A content goes once
 * the server has the record, and waits as long as it has to.
 */
import { file as fileEntity } from '../../../shared/features/files/file'
import type { Database } from '../database'
import type { FileEntry } from '../stored'
import type { AskServer } from './ask'
import { forget } from './contents'
import { clearRefusal, finalRefusal, noteRemoval, putRefusal, refusalOfContent } from './refused'

type Deps = {
  database: Database
  ask: AskServer
  now: () => number
  /** Something went: counts may have changed. */
  onChanged: () => void
}

export type Uploads = {
  /** Sends what can go now. What cannot is tried again the next time. */
  run: () => void
  stop: () => void
}

/** Longer than this nothing takes to be written. */
const writingMs = 60 * 60_000

export const createUploads = ({ database, ask, now, onChanged }: Deps): Uploads => {
  const state = { isRunning: false, again: false, isStopped: false }
  /** Records whose content the server did not take. It stays here, and is offered again by the next start. */
  const refused = new Set<string>()
  /** Nor is there use in asking again before then, unless somebody wants it. */
  const isRefused = async (id: string): Promise<boolean> => {
    const refusal = refused.has(id) ? await refusalOfContent(database, id) : undefined
    if (!refusal) return false
    if (await noteRemoval(database, refusal)) onChanged()
    return true
  }

  const sendOne = async ({ sha256, content, at }: FileEntry, id: string): Promise<void> => {
    const row = await database.rows(fileEntity.name).get(id)
    // Refused and given up. A record that is not there yet is being written this very moment.
    if (!row && Date.parse(at) < now() - writingMs) return forget(database, sha256, id)
    // Without the server's word the record is still on its way there.
    if (row?.$state === undefined) return
    const answer = await ask(`files/${id}/content`, { method: 'PUT', body: content })
    const refusal = answer.ok ? undefined : await finalRefusal(answer)
    if (answer.ok) {
      await forget(database, sha256, id)
      await clearRefusal(database, id)
    } else if (refusal) {
      refused.add(id)
      await putRefusal(database, { row, at: new Date(now()).toISOString(), refusal })
    } else return
    onChanged()
  }

  const sendAll = async (): Promise<void> => {
    const waiting = await database.files.where('waitingFor').above('').primaryKeys()
    for (const sha256 of new Set(waiting)) {
      const entry = await database.files.get(sha256)
      for (const id of entry?.waitingFor ?? []) {
        if (entry && !state.isStopped && !(await isRefused(id))) await sendOne(entry, id)
      }
    }
  }

  const loop = async (): Promise<void> => {
    state.isRunning = true
    while (state.again && !state.isStopped) {
      state.again = false
      await sendAll()
    }
  }

  return {
    run: () => {
      state.again = true
      if (state.isRunning) return
      loop()
        // No connection, or the database was closed: the next connection sets it going again.
        .catch(() => undefined)
        .finally(() => {
          state.isRunning = false
        })
    },
    stop: () => {
      state.isStopped = true
    },
  }
}
