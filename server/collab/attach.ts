/**
 * The WebSocket end of `/collab/:entity/:id`: the y-websocket protocol over rooms. The token comes
 * as `Authorization`, as a subprotocol `bearer.TOKEN` (browsers can set nothing else that is not
 * written into logs), or as the parameter `token`.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { maxTextUpdateBytes } from '../../shared/crdt/text-update'
import { Refusal } from '../../shared/kernel/refusal'
import { bearerProtocol, collabCloseCodes, collabProtocol } from '../../shared/protocol/collab'
import { toRefusal } from '../kernel/problem'
import type { Services } from '../kernel/services'
import { createRooms, type Seat } from './rooms'
import { readCollabMessage } from './wire'

/** How often members are looked at: do they still answer, and may they still be here. */
const heartbeatMs = 30_000

/** A member that reads this far behind is sent away; it comes back and asks for what it lacks. */
const maxBufferedBytes = 8 * 1024 * 1024

type Address = { entity: string; id: string; token: string | undefined }

const addressOf = (request: IncomingMessage): Address | undefined => {
  // The host does not matter here, and a client's may be none.
  const url = URL.canParse(request.url ?? '', 'http://localhost')
    ? new URL(request.url ?? '', 'http://localhost')
    : undefined
  const match = /^\/collab\/([A-Za-z]{1,64})\/([0-9a-f-]{36})\/?$/.exec(url?.pathname ?? '')
  if (!url || !match) return undefined
  return {
    entity: match[1] ?? '',
    id: match[2] ?? '',
    token: tokenOf(request) ?? url.searchParams.get('token') ?? undefined,
  }
}

const tokenOf = ({ headers }: IncomingMessage): string | undefined => {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim())
  return (
    bearer ?? offered.find((part) => part.startsWith(bearerProtocol))?.slice(bearerProtocol.length)
  )
}

const closeCodeOf = ({ code, status }: Refusal): number => {
  if (status === 401) return collabCloseCodes.unauthorised
  return code === 'record.missing' ? collabCloseCodes.missing : collabCloseCodes.refused
}

const toBytes = (data: RawData): Uint8Array =>
  data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(Array.isArray(data) ? Buffer.concat(data) : data)

/** Serves rooms; `upgrade` takes the requests that ask for one. */
export const createCollab = (services: Services) => {
  const { log, now } = services
  const rooms = createRooms(services)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxTextUpdateBytes + 1024,
    handleProtocols: (offered) => (offered.has(collabProtocol) ? collabProtocol : false),
  })
  const seats = new Map<WebSocket, { seat: Seat | undefined; token: string; alive: boolean }>()

  const refuse = (socket: WebSocket, error: unknown): void => {
    const refusal = toRefusal(error, log)
    // A reason may have 123 bytes (RFC 6455, section 5.5).
    socket.close(closeCodeOf(refusal), refusal.code)
  }

  const sit = async (socket: WebSocket, { entity, id, token }: Address): Promise<void> => {
    if (token === undefined) throw new Refusal('auth.missing')
    const early: RawData[] = []
    const keep = (data: RawData) => early.push(data)
    socket.on('message', keep)
    const place = { seat: undefined as Seat | undefined, token, alive: true }
    seats.set(socket, place)
    const seat = await rooms.enter({
      token,
      entity,
      id,
      send: (frame) => {
        if (socket.bufferedAmount > maxBufferedBytes) socket.terminate()
        else socket.send(frame)
      },
      onRefused: ({ code, detail, errors }) =>
        refuse(socket, new Refusal(code, { detail, errors })),
    })
    place.seat = seat
    const hear = (data: RawData): void => {
      try {
        seat.receive(readCollabMessage(toBytes(data)))
      } catch (error) {
        log.warn({ err: error, entity, id }, 'a member of a room sent what cannot be read')
        socket.close(collabCloseCodes.malformed, 'sync.malformed')
      }
    }
    socket.off('message', keep)
    for (const data of early) hear(data)
    socket.on('message', hear)
    // Whoever went while the door was being opened is not let in after all.
    if (socket.readyState !== socket.OPEN) leave(socket)
  }

  const leave = (socket: WebSocket): void => {
    seats.get(socket)?.seat?.leave()
    seats.delete(socket)
  }

  const accept = (socket: WebSocket, address: Address): void => {
    socket.on('pong', () => {
      const place = seats.get(socket)
      if (place) place.alive = true
    })
    socket.on('error', (error) => log.warn({ err: error }, 'collab socket failed'))
    socket.once('close', () => leave(socket))
    sit(socket, address).catch((error) => refuse(socket, error))
  }

  const check = async (socket: WebSocket): Promise<void> => {
    const place = seats.get(socket)
    if (!place?.alive) return socket.terminate()
    place.alive = false
    socket.ping()
    if (!place.seat) return
    if (place.seat.expiresAtMs < now()) return refuse(socket, new Refusal('auth.expired'))
    await place.seat.check()
  }
  const beat = setInterval(() => {
    for (const socket of sockets.clients) check(socket).catch((error) => refuse(socket, error))
  }, heartbeatMs)
  beat.unref()

  return {
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
      const address = addressOf(request)
      if (!address) return false
      sockets.handleUpgrade(request, socket, head, (opened) => accept(opened, address))
      return true
    },
    /** Stores what is being typed and says goodbye. */
    stop: async (): Promise<void> => {
      clearInterval(beat)
      await rooms.close()
      for (const socket of sockets.clients)
        socket.close(collabCloseCodes.stopping, 'server.stopping')
      sockets.close()
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, 1_000).unref()
    },
  }
}
