/** The platform of a dedicated worker in Chromium or any modern browser. */
import type { OpenSocket, Platform, TokenVault } from './platform'

const openSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  socket.onopen = events.onOpen
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) events.onMessage(new Uint8Array(data))
  }
  socket.onclose = ({ code, reason }) => events.onClose(code, reason)
  return {
    send: (bytes) => {
      // A socket that is closing drops what is sent; the next connection sends it again.
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
    },
    close: () => socket.close(),
  }
}

const inflate = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const stream = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Holds a Web Lock for as long as this window lives; the browser passes it on when it dies. */
const lead = (name: string, onLeading: () => void): (() => void) => {
  const held = new AbortController()
  const released = new Promise<void>((resolve) => {
    held.signal.addEventListener('abort', () => resolve())
  })
  navigator.locks
    .request(`lead:${name}`, { signal: held.signal }, () => {
      onLeading()
      return released
    })
    .catch((cause: unknown) => {
      // Giving up a lock before it was granted is how a window that never led closes.
      if (!held.signal.aborted) reportError(cause)
    })
  return () => held.abort()
}

const openBus: Platform['openBus'] = (name, onMessage) => {
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => onMessage(data)
  return { post: (message) => channel.postMessage(message), close: () => channel.close() }
}

const onNetwork: Platform['onNetwork'] = (listener) => {
  const online = () => listener(true)
  const offline = () => listener(false)
  addEventListener('online', online)
  addEventListener('offline', offline)
  return () => {
    removeEventListener('online', online)
    removeEventListener('offline', offline)
  }
}

export const browserPlatform = (options: { vault?: TokenVault; app: string }): Platform => ({
  ...options,
  fetch: (input, init) => fetch(input, init),
  openSocket,
  time: {
    now: () => Date.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    random: () => Math.random(),
  },
  openBus,
  lead,
  inflate,
  onNetwork,
  onError: (cause) => reportError(cause),
})
