/** `app`: life cycle, paths, switches, single instance. */

import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { closeChromium } from './chromium'
import { preventable, strict } from './strict'

type Description = { name: string; productName?: string; version: string }
type StandInApp = { folder: string; description: Description }

const { folder, description } = (globalThis as unknown as { standInApp: StandInApp }).standInApp

const argv = process.argv.slice(1)

const switchValue = (name: string): string | undefined =>
  argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

type Window = { close: () => void; isDestroyed: () => boolean }

/** What other modules of the stand-in share about the life cycle. */
export const life = {
  isReady: false,
  isQuitting: false,
  windows: new Set<Window>(),
  switches: [] as string[],
}

let markReady: () => void = () => undefined
// Not built on the `ready` event: Playwright's loader holds that one back.
const readyPromise = new Promise<void>((resolve) => {
  markReady = resolve
})

class App extends EventEmitter {
  readonly isPackaged = false
  readonly name = description.productName ?? description.name
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value?: string) => {
      if (/^(remote-debugging|user-data-dir|headless)/.test(name)) return
      life.switches.push(value ? `--${name}=${value}` : `--${name}`)
    },
    hasSwitch: (name: string) => argv.includes(`--${name}`) || switchValue(name) !== undefined,
    getSwitchValue: (name: string) => switchValue(name) ?? '',
  })

  whenReady(): Promise<void> {
    return readyPromise
  }
  getName(): string {
    return this.name
  }
  getVersion(): string {
    return description.version
  }
  getAppPath(): string {
    return folder
  }
  getPath(name: string): string {
    const userData = switchValue('user-data-dir') ?? path.join(os.homedir(), '.config', this.name)
    if (name === 'userData') return userData
    if (name === 'temp') return os.tmpdir()
    if (name === 'home') return os.homedir()
    throw new Error(`stand-in: app.getPath('${name}') is not supported`)
  }
  setBadgeCount(): boolean {
    return true
  }
  setAsDefaultProtocolClient(): boolean {
    return true
  }

  /** A pid file and a folder of messages in the profile; must answer at once. */
  requestSingleInstanceLock(): boolean {
    const instance = path.join(this.getPath('userData'), 'instance')
    fs.mkdirSync(instance, { recursive: true })
    const pidFile = path.join(instance, 'pid')
    if (isAlive(pidFile)) {
      const message = path.join(instance, randomUUID())
      fs.writeFileSync(`${message}.tmp`, JSON.stringify([process.argv, process.cwd()]))
      fs.renameSync(`${message}.tmp`, `${message}.json`)
      return false
    }
    fs.writeFileSync(pidFile, String(process.pid))
    fs.watch(instance, (_, name) => this.#readMessage(path.join(instance, name ?? ''))).unref()
    this.once('quit', () => fs.rmSync(pidFile, { force: true }))
    return true
  }

  #readMessage(file: string): void {
    if (!file.endsWith('.json') || !fs.existsSync(file)) return
    const message: unknown[] = JSON.parse(fs.readFileSync(file, 'utf8'))
    fs.rmSync(file)
    this.emit('second-instance', preventable({}), ...message)
  }

  quit(): void {
    if (life.isQuitting) return
    const event = preventable({})
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    life.isQuitting = true
    for (const window of [...life.windows]) {
      window.close()
      if (window.isDestroyed()) continue
      life.isQuitting = false
      return
    }
    this.emit('will-quit', preventable({}))
    this.exit(0)
  }

  exit(code = 0): void {
    life.isQuitting = true
    this.emit('quit', preventable({}), code)
    void closeChromium().then(() => process.exit(code))
  }
}

const isAlive = (pidFile: string): boolean => {
  try {
    const pid = Number(fs.readFileSync(pidFile, 'utf8'))
    process.kill(pid, 0)
    return pid !== process.pid
  } catch {
    // No file, or nobody under that number: no other instance lives.
    return false
  }
}

export const app = strict('app', new App())

/** Lets the app's main code go on: Chromium is up. */
export const becomeReady = (): void => {
  life.isReady = true
  markReady()
  app.emit('ready', preventable({}), {})
}
