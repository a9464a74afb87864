/** The simple modules: recorded, or to be replaced by the test. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { app, life } from './app'
import { BrowserWindow } from './browser-window'
import { strict } from './strict'

type ItemOptions = {
  id?: string
  label?: string
  submenu?: ItemOptions[]
  click?: (item: MenuItem, window: BrowserWindow | null) => void
}

class MenuItem {
  readonly id: string | undefined
  readonly label: string
  readonly submenu: Menu | undefined
  readonly #click: ItemOptions['click']
  constructor(options: ItemOptions) {
    this.id = options.id
    this.label = options.label ?? ''
    this.#click = options.click
    this.submenu = options.submenu ? Menu.buildFromTemplate(options.submenu) : undefined
  }
  click(): void {
    this.#click?.(this, BrowserWindow.getFocusedWindow())
  }
}

export class Menu {
  readonly items: MenuItem[]
  static #current: Menu | null = null
  private constructor(items: MenuItem[]) {
    this.items = items
  }
  static buildFromTemplate(template: ItemOptions[]): Menu {
    return new Menu(template.map((options) => new MenuItem(options)))
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#current = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#current
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

const mustBeReplaced = (name: string) => () => {
  throw new Error(`stand-in: ${name} must be replaced by the test (electronApp.evaluate)`)
}

export const shell = strict('shell', { openExternal: mustBeReplaced('shell.openExternal') })
export const dialog = strict('dialog', {
  showOpenDialog: mustBeReplaced('dialog.showOpenDialog'),
  showSaveDialog: mustBeReplaced('dialog.showSaveDialog'),
  showMessageBox: mustBeReplaced('dialog.showMessageBox'),
})
export const powerMonitor = strict('powerMonitor', new EventEmitter())
export const nativeTheme = strict('nativeTheme', { shouldUseDarkColors: false })

const key = (): Buffer => {
  const file = path.join(app.getPath('userData'), 'stand-in.key')
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(32), { mode: 0o600 })
  return fs.readFileSync(file)
}

/** Encrypts for real, under a key that lies beside the data: never a proof of security. */
export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => life.isReady,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString: (text: string): Buffer => {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key(), iv)
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), data])
  },
  decryptString: (data: Buffer): string => {
    const decipher = createDecipheriv('aes-256-gcm', key(), data.subarray(0, 12))
    decipher.setAuthTag(data.subarray(12, 28))
    return decipher.update(data.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  },
})
