/** Secrets in the system's own keychain; never in plain text on disk. */
import fs from 'node:fs'
import path from 'node:path'
import { app, safeStorage } from 'electron'
import type { IpcHandlers } from '../ipc'

const fileOf = (key: string): string =>
  path.join(app.getPath('userData'), 'secrets', Buffer.from(key).toString('base64url'))

/** Linux without a keyring would store with a key that anybody knows; a packaged app refuses that. */
const isSafe = (): boolean => {
  if (!safeStorage.isEncryptionAvailable()) return false
  if (process.platform !== 'linux' || !app.isPackaged) return true
  return safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

export const secretsHandlers: Pick<IpcHandlers, 'secrets.get' | 'secrets.set' | 'secrets.remove'> =
  {
    'secrets.get': ({ key }) => {
      const file = fileOf(key)
      if (!isSafe() || !fs.existsSync(file)) return null
      try {
        return safeStorage.decryptString(fs.readFileSync(file))
      } catch {
        // Encrypted by another user or keyring: as good as absent, the user signs in again.
        return null
      }
    },
    'secrets.set': ({ key, value }) => {
      if (!isSafe()) return false
      const file = fileOf(key)
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
      fs.writeFileSync(file, safeStorage.encryptString(value), { mode: 0o600 })
      return true
    },
    'secrets.remove': ({ key }) => {
      fs.rmSync(fileOf(key), { force: true })
    },
  }
