/**
 * Checkpoints on a thread of their own. What was committed stands in the write-ahead log, and has to be
 * copied into the database file and made durable there; on the main thread every edit that comes
 * meanwhile would wait for a disk, which with a slow one is a tenth of a second.
 */
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { Db } from './open'

/**
 * Pages of the log from which on the writer checkpoints as well. Under writes that never pause only it
 * can finish a checkpoint, so that the log begins anew; what the thread has copied it need not copy.
 */
const longLog = 8000
/** SQLite's own limit, for when the writer is alone. */
const usualLog = 1000

/** Plain JavaScript, so that it starts from the sources as from the build. */
const source = path.join(import.meta.dirname, 'checkpoint-thread.mjs')

/** Starts the thread of a database file. If it fails, the writer goes on without. */
export const startCheckpoints = (db: Db, log: Logger): { stop: () => Promise<void> } => {
  if (db.$client.memory) return { stop: async () => undefined }
  const limit = (pages: number) =>
    db.$client.open && db.$client.pragma(`wal_autocheckpoint = ${pages}`)
  const thread = new Worker(source, { workerData: db.$client.name })
  limit(longLog)
  thread.on('error', (error) =>
    log.error({ err: error }, 'checkpoints go on without a thread of their own'),
  )
  const ended = new Promise<void>((resolve) =>
    thread.once('exit', () => {
      limit(usualLog)
      resolve()
    }),
  )
  return {
    stop: () => {
      thread.postMessage('stop')
      return ended
    },
  }
}
