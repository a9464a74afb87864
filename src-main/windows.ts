/** Windows: sandboxed, isolated, where they were last time. */
import fs from 'node:fs'
import path from 'node:path'
import { app, BrowserWindow, nativeTheme, type Rectangle } from 'electron'
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
  window.on('close', () => {
    fs.writeFileSync(boundsFile(), JSON.stringify(window.getNormalBounds()))
  })
  await window.loadURL(options.devServer ?? `${origin}/`)
  return window
}
