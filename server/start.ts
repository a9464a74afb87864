/** Starts a server over given settings and stops it again; `main.ts` and tests both use it. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { Logger } from 'pino'
import { createApp } from './app'
import { createCollab } from './collab/attach'
import { openDatabase } from './db/open'
import { SettingError, type Settings } from './env'
import { createServices, type Services } from './kernel/services'
import { attachSync } from './sync/attach'

export type RunningServer = {
  /** Where it listens, e.g. `http://127.0.0.1:8012`. */
  address: string
  services: Services
  /** Drains and closes; resolves when everything is on disk. */
  stop: () => Promise<void>
}

/** The secret of access tokens: given, or made once and kept beside the database. */
const readSecret = (settings: Settings): string => {
  if (settings.jwtSecret !== undefined) return settings.jwtSecret
  const file = path.join(settings.dataDir, 'jwt-secret')
  fs.mkdirSync(settings.dataDir, { recursive: true })
  if (!fs.existsSync(file))
    fs.writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  return fs.readFileSync(file, 'utf8').trim()
}

const listen = (server: Server, { port, host }: Settings): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new SettingError(
            `Port ${port} on ${host} is taken. Stop the other program, or choose another port: PORT=${port + 1} or --port ${port + 1}.`,
          ),
        )
      else reject(new SettingError(`Cannot listen at ${host}:${port}: ${error.message}.`))
    })
    server.listen(port, host, resolve)
  })

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    // Whoever still reads after this long is cut off, so that stopping takes five seconds at most.
    setTimeout(() => server.closeAllConnections(), 3000).unref()
  })

/** Opens the database, listens, serves. Throws `SettingError` or `DatabaseError` with a clear message. */
export const startServer = async (
  settings: Settings,
  deps: { log: Logger; rendererRoot: string; now?: () => number },
): Promise<RunningServer> => {
  const db = openDatabase(settings.databaseFile)
  const services = createServices({
    db,
    log: deps.log,
    jwtSecret: readSecret(settings),
    now: deps.now ?? Date.now,
  })
  const state = { ready: true }
  const app = createApp(services, { isReady: () => state.ready, rendererRoot: deps.rendererRoot })
  const server = createServer(getRequestListener(app.fetch))
  try {
    await listen(server, settings)
  } catch (error) {
    await services.close()
    throw error
  }
  const collab = createCollab(services)
  const sync = attachSync(server, services, [collab.upgrade])
  const { port } = server.address() as AddressInfo
  return {
    address: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`,
    services,
    stop: async () => {
      state.ready = false
      sync.stop()
      await collab.stop()
      await closed(server)
      await services.close()
    },
  }
}
