/** Starts the real parts for end-to-end specs: servers on folders of their own, apps on profiles of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { freePort } from '../bench/processes'

const root = path.resolve(import.meta.dirname, '..')

/** A folder that is removed by `removeFolder`. */
export const newFolder = (name: string): string =>
  fs.mkdtempSync(path.join(os.tmpdir(), `roadbook-${name}-`))

export const removeFolder = (folder: string): void =>
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })

export type RunningServer = {
  url: string
  port: number
  process: ChildProcess
  /** Ends it politely or by SIGKILL; resolves when it is gone. */
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/** The built server with the demo workspace, on a port and a folder. */
export const startServer = async (folder: string, port?: number): Promise<RunningServer> => {
  const at = port ?? (await freePort())
  const child = spawn(process.execPath, ['out/server/main.js', '--demo'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, PORT: String(at), DATA_DIR: folder, LOG_LEVEL: 'error' },
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return {
    url: `http://127.0.0.1:${at}`,
    port: at,
    process: child,
    stop: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill(signal)
      }),
  }
}

const realElectron = (): string | undefined => {
  const folder = path.join(root, 'node_modules/electron')
  const note = path.join(folder, 'path.txt')
  if (!fs.existsSync(note)) return undefined
  const file = path.join(folder, 'dist', fs.readFileSync(note, 'utf8').trim())
  return fs.existsSync(file) ? file : undefined
}

/** Which host runs the specs; printed once by the global set-up. */
export const hostName = (): string =>
  realElectron() ? 'real Electron' : 'the stand-in over Chromium (no Electron runtime here)'

/** The built desktop app on a profile, aimed at a server. */
export const launchApp = (options: {
  profile: string
  server: string
  args?: string[]
}): Promise<ElectronApplication> => {
  const standIn = realElectron() ? {} : { executablePath: path.join(root, 'out/host/electron') }
  return _electron.launch({
    ...standIn,
    cwd: root,
    args: [
      '.',
      `--user-data-dir=${options.profile}`,
      `--server=${options.server}`,
      ...(options.args ?? []),
    ],
    env: { ...process.env, LANG: 'en_US.UTF-8' } as Record<string, string>,
  })
}
