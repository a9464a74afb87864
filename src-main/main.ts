/** The desktop app's main process: one instance, its windows, the `app://` pages, the bridge. */
import path from 'node:path'
import { app, BrowserWindow, powerMonitor, protocol, session, shell } from 'electron'
import { externalUrlSchema } from '../shared/protocol/ipc'
import { createAppProtocol } from './app-protocol'
import { secretsHandlers } from './handlers/secrets'
import { registerIpc } from './ipc'
import { linkIn, type OpenedLink, parseLink } from './links'
import { setMenu } from './menu'
import { isTrusted, scheme } from './origin'
import { isPermitted } from './permissions'
import { openWindow } from './windows'

const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
const preload = path.join(import.meta.dirname, '../preload/preload.cjs')
const rendererRoot = path.join(import.meta.dirname, '../renderer')

const isOwnPage = (url: string): boolean => isTrusted(url, devServer)

const serverUrl = (): string => {
  const given = app.commandLine.getSwitchValue('server') || process.env.ROADBOOK_SERVER
  return given || 'http://localhost:8012'
}

const open = () => openWindow({ preload, ...(devServer ? { devServer } : {}) })

const openExternal = (url: string): void => {
  if (externalUrlSchema.safeParse(url).success) void shell.openExternal(url)
}

const tell = (link: OpenedLink | undefined): void => {
  const window = BrowserWindow.getAllWindows()[0]
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.focus()
  if (link) window.webContents.send('link.opened', link)
}

/** Pages stay on the app's own origin; what leads elsewhere opens in the browser or not at all. */
const confine = (): void => {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (isOwnPage(event.url)) return
      event.preventDefault()
      openExternal(event.url)
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(url)
      return { action: 'deny' }
    })
  })
}

const restrictPermissions = (): void => {
  session.defaultSession.setPermissionCheckHandler((_, permission, requester) =>
    isPermitted(permission, isOwnPage(requester.replace(/\/$/, ''))),
  )
  session.defaultSession.setPermissionRequestHandler((contents, permission, decide) =>
    decide(isPermitted(permission, isOwnPage(contents.getURL()))),
  )
}

const registerHandlers = (): void =>
  registerIpc(
    {
      'app.info': () => ({
        version: app.getVersion(),
        platform: process.platform,
        defaultServerUrl: serverUrl(),
      }),
      ...secretsHandlers,
      'shell.open': ({ url }) => openExternal(url),
      'window.new': async () => {
        await open()
      },
      'window.badge': ({ count }) => {
        app.setBadgeCount(count)
      },
    },
    isOwnPage,
  )

const start = async (): Promise<void> => {
  protocol.handle(scheme, createAppProtocol(rendererRoot))
  restrictPermissions()
  registerHandlers()
  setMenu(() => void open())
  powerMonitor.on('resume', () => {
    for (const window of BrowserWindow.getAllWindows())
      window.webContents.send('power.resumed', null)
  })
  await open()
  tell(linkIn(process.argv))
}

protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
])

if (app.requestSingleInstanceLock()) {
  confine()
  app.setAsDefaultProtocolClient('roadbook')
  app.on('second-instance', (_, argv) => tell(linkIn(argv)))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    tell(parseLink(url))
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open()
  })
  void app.whenReady().then(start)
} else app.quit()
