/** `webContents` and `ipcMain`: pages, their isolated worlds, and messages between them and the app. */
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { app } from './app'
import { cdp, cdpQuietly, onCdp } from './chromium'
import { codec, endpoint, preloadRuntime } from './page'
import { applyPermissions, pages, session, toApp, toNetwork } from './session'
import { preventable, strict } from './strict'

const worldName = 'Electron Isolated Context'
const wire = codec()

export type WebPreferences = { preload?: string; [name: string]: unknown }

type OpenHandler = (details: { url: string; frameName: string }) => { action: string }
type Window = {
  close: () => void
  closed: () => void
  emit: (name: string, ...args: unknown[]) => boolean
}

const all = new Map<string, WebContents>()
pages.all = () => [...all.values()]

const count = { value: 0 }

const requireSafe = (preferences: WebPreferences): void => {
  for (const name of ['nodeIntegration', 'webviewTag', 'nodeIntegrationInWorker'])
    if (preferences[name]) throw new Error(`stand-in: webPreferences.${name} is not supported`)
  for (const name of ['contextIsolation', 'sandbox', 'webSecurity'])
    if (preferences[name] === false)
      throw new Error(`stand-in: webPreferences.${name} cannot be off`)
}

/** Scripts that make the two worlds of a page talk: one in the page's own, one with the preload in the isolated one. */
const worldScripts = (
  preload: string | undefined,
): { page: string; isolated: string | undefined } => {
  const nonce = `__bridge${randomUUID()}`
  const page = `if (window === top) (() => { const wire = (${codec})(); (${endpoint})(wire, { me: 'page', peer: 'preload', nonce: '${nonce}' }) })()`
  if (preload === undefined) return { page, isolated: undefined }
  const info = JSON.stringify({
    platform: process.platform,
    versions: process.versions,
    sandboxed: true,
    contextIsolated: true,
  })
  const isolated = `if (window === top && location.href !== 'about:blank') (() => {
    const wire = (${codec})(), bridge = (${endpoint})(wire, { me: 'preload', peer: 'page', nonce: '${nonce}' })
    const require = (${preloadRuntime})(wire, bridge), process = ${info}
    ;((require, module, exports, process) => {${fs.readFileSync(preload, 'utf8')}\n})(require, { exports: {} }, {}, process)
  })()`
  return { page, isolated }
}

export class WebContents extends EventEmitter {
  readonly id: number
  readonly session = session.defaultSession
  readonly opened: Promise<void>
  target = ''
  sessionId = ''
  mainFrame = ''
  context: string | undefined
  url = ''
  loading: string | undefined
  isGone = false
  openHandler: OpenHandler | undefined
  readonly queue: string[] = []
  readonly window: Window

  constructor(
    window: Window,
    preferences: WebPreferences,
    size: { width: number; height: number },
  ) {
    super()
    count.value += 1
    this.id = count.value
    this.window = window
    requireSafe(preferences)
    this.opened = this.#open(preferences, size)
    this.opened.catch(() => undefined)
  }

  call<T>(method: string, params: object = {}): Promise<T> {
    return cdp<T>(method, params, this.sessionId)
  }

  async #open(preferences: WebPreferences, size: { width: number; height: number }): Promise<void> {
    const { targetId } = await cdp<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...size,
    })
    const attached = await cdp<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    })
    Object.assign(this, { target: targetId, mainFrame: targetId, sessionId: attached.sessionId })
    all.set(targetId, this)
    const scripts = worldScripts(preferences.preload)
    await Promise.all([
      this.call('Page.enable'),
      this.call('Inspector.enable'),
      this.call('Runtime.enable'),
      this.call('Runtime.addBinding', { name: '__electronHost', executionContextName: worldName }),
      this.call('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page }),
      scripts.isolated &&
        this.call('Page.addScriptToEvaluateOnNewDocument', { worldName, source: scripts.isolated }),
    ])
    app.emit('web-contents-created', preventable({}), this)
  }

  /** Hands a message to the preload's world, or keeps it until there is one. */
  deliver(message: object): void {
    const expression = `__electronHostIn(${JSON.stringify(JSON.stringify(message))})`
    if (this.context)
      cdpQuietly('Runtime.evaluate', { expression, uniqueContextId: this.context }, this.sessionId)
    else this.queue.push(expression)
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.isGone) throw new TypeError('Object has been destroyed')
    this.deliver({ t: 'event', channel, args: wire.encode(args) })
  }
  getURL(): string {
    return this.url
  }
  isDestroyed(): boolean {
    return this.isGone
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  close(): void {
    this.window.close()
  }
  reload(): void {
    cdpQuietly('Page.reload', {}, this.sessionId)
  }

  async loadURL(url: string): Promise<void> {
    await this.opened
    await applyPermissions(url)
    this.loading = url
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve))
    const { errorText } = await this.call<{ errorText?: string }>('Page.navigate', {
      url: toNetwork(url),
    })
    if (errorText) throw new Error(`${errorText} loading '${url}'`)
    await loaded
  }

  static fromDevToolsTargetId(target: string): WebContents | undefined {
    return all.get(target)
  }
  static getAllWebContents(): WebContents[] {
    return [...all.values()]
  }
}

/** A page that is gone is forgotten. */
export const forget = (contents: WebContents): void => {
  contents.isGone = true
  contents.emit('destroyed')
  all.delete(contents.target)
}

type Handler = (event: object, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>()
  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, handler)
  }
}

export const ipcMain = strict('ipcMain', new IpcMain())

const bySession = (sessionId?: string): WebContents | undefined =>
  [...all.values()].find((contents) => contents.sessionId === sessionId)

onCdp('Runtime.executionContextCreated', ({ context }, sessionId) => {
  const contents = bySession(sessionId)
  if (contents && context.name === worldName && context.auxData.frameId === contents.mainFrame)
    contents.context = context.uniqueId
})
onCdp('Runtime.executionContextDestroyed', ({ executionContextUniqueId }, sessionId) => {
  const contents = bySession(sessionId)
  if (contents?.context === executionContextUniqueId) contents.context = undefined
})
onCdp('Page.frameNavigated', ({ frame }, sessionId) => {
  const contents = bySession(sessionId)
  if (!contents || frame.parentId) return
  contents.url = toApp(frame.url + (frame.urlFragment ?? ''))
  contents.emit('did-navigate', preventable({}), contents.url)
})
onCdp('Page.navigatedWithinDocument', ({ url }, sessionId) => {
  const contents = bySession(sessionId)
  if (contents) contents.url = toApp(url)
})
onCdp('Page.loadEventFired', (_, sessionId) => {
  const contents = bySession(sessionId)
  if (!contents || contents.url === '' || contents.url === 'about:blank') return
  contents.loading = undefined
  for (const expression of contents.queue.splice(0))
    cdpQuietly(
      'Runtime.evaluate',
      { expression, uniqueContextId: contents.context },
      contents.sessionId,
    )
  contents.emit('did-finish-load', preventable({}))
  contents.window.emit('ready-to-show', preventable({}))
})
onCdp('Page.frameRequestedNavigation', ({ url, frameId }, sessionId) => {
  const contents = bySession(sessionId)
  if (!contents || frameId !== contents.mainFrame || /^(https?|about|blob|data):/.test(url)) return
  contents.emit('will-navigate', preventable({ url, isMainFrame: true }), url)
})
onCdp('Inspector.targetCrashed', (_, sessionId) => {
  const gone = { reason: 'crashed', exitCode: 5 }
  bySession(sessionId)?.emit('render-process-gone', preventable({}), gone)
})
onCdp('Page.windowOpen', ({ url, windowName }, sessionId) => {
  const decision = bySession(sessionId)?.openHandler?.({ url: toApp(url), frameName: windowName })
  if (decision && decision.action !== 'deny')
    throw new Error('stand-in: window.open can only be denied')
})
onCdp('Target.targetCreated', ({ targetInfo }) => {
  if (targetInfo.type === 'page' && targetInfo.openerId)
    cdpQuietly('Target.closeTarget', { targetId: targetInfo.targetId })
})
onCdp('Target.targetDestroyed', ({ targetId }) => all.get(targetId)?.window.closed())
onCdp('Runtime.bindingCalled', async ({ name, payload }, sessionId) => {
  const contents = bySession(sessionId)
  if (!contents || name !== '__electronHost') return
  const message: { t: string; id: number; channel: string; args: unknown } = JSON.parse(payload)
  const event = { sender: contents, senderFrame: { url: contents.url, parent: null } }
  const args = wire.decode(message.args) as unknown[]
  try {
    const handler = ipcMain.handlers.get(message.channel)
    if (!handler) throw new Error(`No handler registered for '${message.channel}'`)
    contents.deliver({
      t: 'reply',
      id: message.id,
      value: wire.encode(await handler(event, ...args)),
    })
  } catch (error) {
    contents.deliver({
      t: 'reply',
      id: message.id,
      error: `Error invoking remote method '${message.channel}': ${error}`,
    })
  }
})
