/** `BrowserWindow`: a window of Chromium with one page. */
import { EventEmitter } from 'node:events'
import { app, life } from './app'
import { cdpQuietly } from './chromium'
import { preventable, strict } from './strict'
import { forget, WebContents, type WebPreferences } from './web-contents'

type Bounds = { x: number; y: number; width: number; height: number }
type Options = Partial<Bounds> & { show?: boolean; webPreferences?: WebPreferences }

const windows = new Set<BrowserWindow>()
const count = { value: 0 }

export class BrowserWindow extends EventEmitter {
  readonly id: number
  readonly webContents: WebContents
  readonly #bounds: Bounds
  #isShown: boolean
  #isMinimized = false

  constructor(options: Options = {}) {
    super()
    if (!life.isReady) throw new Error('Cannot create BrowserWindow before app is ready')
    count.value += 1
    this.id = count.value
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    }
    this.#isShown = options.show !== false
    this.webContents = strict(
      'webContents',
      new WebContents(this, options.webPreferences ?? {}, this.#bounds),
    )
    windows.add(this)
    life.windows.add(this)
    app.emit('browser-window-created', preventable({}), this)
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  show(): void {
    this.#isShown = true
  }
  isVisible(): boolean {
    return this.#isShown
  }
  focus(): void {
    this.emit('focus')
  }
  minimize(): void {
    this.#isMinimized = true
  }
  restore(): void {
    this.#isMinimized = false
  }
  isMinimized(): boolean {
    return this.#isMinimized
  }
  getNormalBounds(): Bounds {
    return this.#bounds
  }
  getBounds(): Bounds {
    return this.#bounds
  }
  close(): void {
    if (this.isDestroyed()) return
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }
  destroy(): void {
    const { target } = this.webContents
    this.closed()
    cdpQuietly('Target.closeTarget', { targetId: target })
  }
  isDestroyed(): boolean {
    return this.webContents.isGone
  }

  /** The window is gone, by whomever. */
  closed(): void {
    if (this.webContents.isGone) return
    forget(this.webContents)
    windows.delete(this)
    life.windows.delete(this)
    this.emit('closed')
    if (windows.size > 0 || life.isQuitting) return
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed')
    else app.quit()
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows]
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...windows].at(-1) ?? null
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...windows].find((window) => window.webContents.id === contents.id) ?? null
  }
}
