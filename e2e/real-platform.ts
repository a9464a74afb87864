/** What the client's store needs of the world, outside a browser. */
import { WebSocket } from 'ws'
import type { OpenSocket } from '../src-renderer/local/platform'

/** A WebSocket as the client's store wants it. */
export const openSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  socket.on('open', events.onOpen)
  socket.on('message', (data: Buffer) => events.onMessage(new Uint8Array(data)))
  // The close that follows says all there is to say.
  socket.on('error', () => {})
  socket.on('close', (code, reason) => events.onClose(code, reason.toString()))
  return {
    send: (bytes) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
    },
    close: () => socket.close(),
  }
}

/** The clock on the wall and real chance. */
export const time = {
  now: () => Date.now(),
  random: () => Math.random(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
