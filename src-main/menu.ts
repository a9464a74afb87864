/** The application menu. Its commands are the app's own actions, run by the window in front. */
import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import type { IpcEventValue } from '../shared/protocol/ipc'

type Command = IpcEventValue<'menu.command'>

const command = (label: string, id: Command, accelerator?: string): MenuItemConstructorOptions => ({
  id,
  label,
  ...(accelerator ? { accelerator } : {}),
  click: () => {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
    window?.webContents.send('menu.command', id)
  },
})

/** Builds and sets the menu. */
export const setMenu = (openWindow: () => void): void => {
  const isMac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [
        command('New contact', 'create.contact', 'CmdOrCtrl+N'),
        command('New account', 'create.account'),
        command('New lead', 'create.lead'),
        command('New activity', 'create.activity'),
        { type: 'separator' },
        {
          id: 'window.new',
          label: 'New window',
          accelerator: 'CmdOrCtrl+Shift+N',
          click: openWindow,
        },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        command('Undo', 'undo'),
        command('Redo', 'redo'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        command('Command palette', 'palette'),
        command('Switch between light and dark', 'theme'),
        { type: 'separator' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    { label: 'Help', submenu: [command('Keyboard shortcuts', 'help')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
