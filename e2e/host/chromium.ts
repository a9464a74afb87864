/** One Chromium per app process, driven over the DevTools protocol through a pipe. */
import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import type { Readable, Writable } from 'node:stream'

/** The events that the stand-in listens to, with the fields that it reads. */
export type CdpEvents = {
  'Fetch.requestPaused': {
    requestId: string
    resourceType: string
    frameId: string
    request: { url: string; method: string; headers: Record<string, string>; postData?: string }
  }
  'Runtime.executionContextCreated': {
    context: { name: string; uniqueId: string; auxData: { frameId: string } }
  }
  'Runtime.executionContextDestroyed': { executionContextUniqueId: string }
  'Runtime.bindingCalled': { name: string; payload: string }
  'Page.frameNavigated': { frame: { parentId?: string; url: string; urlFragment?: string } }
  'Page.navigatedWithinDocument': { url: string }
  'Page.loadEventFired': Record<string, never>
  'Page.frameRequestedNavigation': { url: string; frameId: string }
  'Page.windowOpen': { url: string; windowName: string }
  'Inspector.targetCrashed': Record<string, never>
  'Target.targetCreated': { targetInfo: { targetId: string; type: string; openerId?: string } }
  'Target.targetDestroyed': { targetId: string }
}

type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void }

type Message = {
  id?: number
  method?: string
  params?: unknown
  sessionId?: string
  result?: unknown
  error?: { message: string }
}

const state: { child: ChildProcess | undefined; next: number; buffered: string } = {
  child: undefined,
  next: 0,
  buffered: '',
}
const waiting = new Map<number, Waiting>()
const events = new EventEmitter()
events.setMaxListeners(0)

/** Calls a method; `T` names what the caller reads of its result. */
export const cdp = <T = unknown>(
  method: string,
  params: object = {},
  sessionId?: string,
): Promise<T> =>
  new Promise((resolve, reject) => {
    state.next += 1
    const pipe = state.child?.stdio[3] as Writable | undefined
    if (!pipe) return reject(new Error('Chromium is not running'))
    waiting.set(state.next, { resolve: (result) => resolve(result as T), reject })
    pipe.write(`${JSON.stringify({ id: state.next, method, params, sessionId })}\0`)
  })

/** Calls a method whose failure only means that the page is gone. */
export const cdpQuietly = (method: string, params: object = {}, sessionId?: string): void => {
  cdp(method, params, sessionId).catch(() => undefined)
}

/** Listens to an event of any page. */
export const onCdp = <E extends keyof CdpEvents>(
  name: E,
  listener: (params: CdpEvents[E], sessionId?: string) => void,
): void => {
  events.on(name, listener)
}

const receive = (message: Message): void => {
  if (message.id === undefined) {
    if (message.method) events.emit(message.method, message.params, message.sessionId)
    return
  }
  const call = waiting.get(message.id)
  waiting.delete(message.id)
  if (message.error) call?.reject(new Error(message.error.message))
  else call?.resolve(message.result)
}

const read = (chunk: string): void => {
  state.buffered += chunk
  let end = state.buffered.indexOf('\0')
  while (end >= 0) {
    receive(JSON.parse(state.buffered.slice(0, end)))
    state.buffered = state.buffered.slice(end + 1)
    end = state.buffered.indexOf('\0')
  }
}

const wellKnown = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const executable = (): string => {
  const file = process.env.CHROMIUM_PATH ?? wellKnown.find((candidate) => fs.existsSync(candidate))
  if (!file) throw new Error('stand-in: no Chromium found; set CHROMIUM_PATH')
  return file
}

/** Starts Chromium on a profile and waits until it answers. */
export const launchChromium = async (options: {
  userData: string
  switches: readonly string[]
  withDebuggingPort: boolean
  onExit: () => void
}): Promise<void> => {
  fs.mkdirSync(options.userData, { recursive: true })
  const child = spawn(
    executable(),
    [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--password-store=basic',
      '--disable-popup-blocking',
      '--no-startup-window',
      '--remote-debugging-pipe',
      `--user-data-dir=${options.userData}`,
      ...(process.env.DISPLAY ? [] : ['--headless=new']),
      ...(options.withDebuggingPort ? ['--remote-debugging-port=0'] : []),
      ...options.switches,
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'] },
  )
  state.child = child
  child.once('exit', options.onExit)
  const output = child.stdio[4] as Readable
  output.setEncoding('utf8')
  output.on('data', read)
  await cdp('Target.setDiscoverTargets', { discover: true })
  await cdp('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}

/** Closes Chromium; kills it where it does not close by itself. */
export const closeChromium = (): Promise<void> =>
  new Promise((resolve) => {
    const { child } = state
    if (!child || child.exitCode !== null) return resolve()
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    cdpQuietly('Browser.close')
  })
