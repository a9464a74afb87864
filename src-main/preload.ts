/** The page's only way to the main process: the channels of the contract, and nothing of Electron. */
import { contextBridge, ipcRenderer } from 'electron'

// Names only: a sandboxed preload carries no validation library, and the main process checks anyway.
const channels = new Set<string>(JSON.parse(__IPC_CHANNELS__))
const events = new Set<string>(JSON.parse(__IPC_EVENTS__))

contextBridge.exposeInMainWorld('roadbook', {
  invoke: (channel: string, input: unknown) =>
    channels.has(channel)
      ? ipcRenderer.invoke(channel, input)
      : Promise.reject(new Error(`unknown channel ${channel}`)),
  on: (event: string, listener: (value: unknown) => void) => {
    if (!events.has(event)) throw new Error(`unknown event ${event}`)
    const forward = (_: unknown, value: unknown) => listener(value)
    ipcRenderer.on(event, forward)
    return () => {
      ipcRenderer.off(event, forward)
    }
  },
})
