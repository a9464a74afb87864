/** Windows: sandboxed, isolated, where they were last time. */
import fs from 'node:fs'
import path from 'node:path'
import { app, BrowserWindow, dialog, nativeTheme, type Rectangle } from 'electron'
import { z } from 'zod'
import { origin } from './origin'

const boundsSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().min(400),
  height: z.number().min(300),
})

const boundsFile = (): string => path.join(app.getPath('userData'), 'window.json')

const lastBounds = (): Partial<Rectangle> => {
  try {
    return boundsSchema.parse(JSON.parse(fs.readFileSync(boundsFile(), 'utf8')))
  } catch {
    // First start, or a file cut short: the default size serves.
    return {}
  }
}

/** Preferences of every page; exported for the test that pins them. */
export const webPreferences = (preload: string) => ({
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: true,
  devTools: !app.isPackaged,
})

/** Where a page dies again within this time, loading it once more would not help. */
const crashesApartMs = 30_000

/** A page that died is loaded again: everything that was saved is on disk. */
const reviveAfterCrash = (window: BrowserWindow): void => {
  const state = { lastMs: Number.NEGATIVE_INFINITY }
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const isFirst = Date.now() - state.lastMs > crashesApartMs
    state.lastMs = Date.now()
    if (isFirst) return window.webContents.reload()
    dialog.showErrorBox(
      'This window keeps failing',
      'Everything that you saved is on this computer. Close the window and open it again; if that does not help, restart Roadbook.',
    )
  })
}

/** Opens a window on the app. `devServer` replaces the built pages in development. */
export const openWindow = async (options: {
  preload: string
  devServer?: string
}): Promise<BrowserWindow> => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...lastBounds(),
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Roadbook',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16191b' : '#ffffff',
    webPreferences: webPreferences(options.preload),
  })
  window.once('ready-to-show', () => window.show())
  reviveAfterCrash(window)
  window.on('close', () => {
    fs.writeFileSync(boundsFile(), JSON.stringify(window.getNormalBounds()))
  })
  await window.loadURL(options.devServer ?? `${origin}/`)
  return window
}
