/** The thread of `checkpoints.ts`: a connection of its own that does nothing else. */
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** How often the log is looked at; where nothing was written that costs some microseconds. */
const everyMs = 250

const client = new Sqlite(String(workerData), { fileMustExist: true })
// As on the connection that writes: a page is in the file for good before its copy in the log may go.
client.pragma('synchronous = FULL')
client.pragma('wal_autocheckpoint = 0')

// Passive: waits for nobody, and nobody waits for it.
const timer = setInterval(() => client.pragma('wal_checkpoint(PASSIVE)'), everyMs)

parentPort?.once('message', () => {
  clearInterval(timer)
  client.close()
  parentPort?.close()
})
