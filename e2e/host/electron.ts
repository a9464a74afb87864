/** The stand-in for the module `electron` of the main process. Test equipment, never shipped. */
import type * as Electron from 'electron'
import { app, becomeReady, life } from './app'
import { BrowserWindow } from './browser-window'
import { launchChromium } from './chromium'
import { dialog, Menu, nativeTheme, powerMonitor, safeStorage, shell } from './modules'
import { protocol, session } from './session'
import { ipcMain, WebContents as webContents } from './web-contents'

const exported = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  webContents,
}

// A name that Electron does not have is a compile error here.
exported satisfies { [K in keyof typeof Electron]?: unknown }

/** Starts Chromium and lets the app's main code go on. */
const startStandIn = async (): Promise<void> => {
  await launchChromium({
    userData: app.getPath('userData'),
    switches: life.switches,
    withDebuggingPort: process.argv.some((argument) =>
      argument.startsWith('--remote-debugging-port'),
    ),
    onExit: () => {
      if (!life.isQuitting) process.exit(0)
    },
  })
  becomeReady()
}

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  startStandIn,
  webContents,
}
