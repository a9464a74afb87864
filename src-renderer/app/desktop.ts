/** The desktop's bridge, where there is one. In a browser the app does without. */
import type { DesktopBridge } from '../../shared/protocol/ipc'
import type { TokenVault } from '../local/platform'

declare global {
  interface Window {
    roadbook?: DesktopBridge
  }
}

/** The bridge to the main process; `undefined` in a browser. */
export const desktop = (): DesktopBridge | undefined => window.roadbook

/** The address that sign-in suggests. */
export const defaultServerUrl = async (): Promise<string> =>
  (await desktop()?.invoke('app.info', undefined))?.defaultServerUrl ?? window.location.origin

export const appVersion = async (): Promise<string> =>
  (await desktop()?.invoke('app.info', undefined))?.version ?? __APP_VERSION__

/** Refresh tokens in the system's keychain; `undefined` in a browser, which keeps them in the profile. */
export const desktopVault = (): TokenVault | undefined => {
  const bridge = desktop()
  if (!bridge) return undefined
  const keyOf = (key: string): string => `refresh-token:${key.replaceAll(/[^\w.-]/g, '_')}`
  return {
    get: (key) => bridge.invoke('secrets.get', { key: keyOf(key) }),
    set: async (key, value) => {
      await bridge.invoke('secrets.set', { key: keyOf(key), value })
    },
    remove: (key) => bridge.invoke('secrets.remove', { key: keyOf(key) }),
  }
}
