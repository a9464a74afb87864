/** The records that are open somewhere, and the way into their rooms: authorised like the record. */
import type { Logger } from 'pino'
import { entityNamed } from '../../shared/features/index'
import { may } from '../../shared/kernel/access'
import { idSchema } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { Authenticate } from '../auth/authenticate'
import type { Written } from '../kernel/commit/commit'
import type { Actor, Commit, RecordReader } from '../kernel/ports'
import { createRoom, type Member, type Room } from './room'
import type { CollabMessage } from './wire'

export type RoomsDeps = {
  authenticate: Authenticate
  commit: Commit
  reader: RecordReader
  log: Logger
  onWritten: (listener: (written: Written) => void) => () => void
}

/** What a socket holds of its room. `receive` throws where the member is not to be believed. */
export type Seat = {
  actor: Actor
  expiresAtMs: number
  receive: (message: CollabMessage) => void
  leave: () => void
}

export type SeatRequest = {
  token: string
  entity: string
  id: string
  send: Member['send']
  onRefused: Member['onRefused']
}

const keyOf = (workspaceId: string, entity: string, id: string): string =>
  `${workspaceId} ${entity} ${id}`

/** Keeps a room for every record that somebody has open. */
export const createRooms = (deps: RoomsDeps) => {
  const rooms = new Map<string, Promise<Room>>()
  const silence = deps.onWritten(({ workspaceId, records }) => {
    for (const { entity, id, state } of records)
      void rooms.get(keyOf(workspaceId, entity, id))?.then((room) => room.show(state))
  })

  const open = async (actor: Actor, entityName: string, id: string): Promise<Room> => {
    const entity = entityNamed(entityName)
    const stored = entity && (await deps.reader.get(actor.workspaceId, entityName, id))
    if (!entity || !stored) throw new Refusal('record.missing')
    const { state } = stored
    return createRoom({
      entity,
      id,
      state,
      commit: deps.commit,
      onError: (error) => deps.log.error({ err: error, entity: entityName, id }, 'room failed'),
    })
  }

  const requireReadable = async (actor: Actor, entityName: string, id: string): Promise<void> => {
    const entity = entityNamed(entityName)
    const isKnown = entity !== undefined && idSchema.safeParse(id).success
    const stored = isKnown ? await deps.reader.get(actor.workspaceId, entityName, id) : undefined
    if (!entity || !stored || !may(actor.role, 'read', entity)) throw new Refusal('record.missing')
  }

  const leave = async (key: string, member: Member): Promise<void> => {
    const room = await rooms.get(key)
    room?.leave(member)
    if (!room?.isEmpty()) return
    rooms.delete(key)
    await room.close()
  }

  /** The last one out may close the room while somebody else waits at the door: then it opens anew. */
  const joined = async (
    key: string,
    member: Member,
    record: Pick<SeatRequest, 'entity' | 'id'>,
  ): Promise<Room> => {
    const opening = rooms.get(key) ?? open(member.actor, record.entity, record.id)
    rooms.set(key, opening)
    opening.catch(() => rooms.delete(key))
    const room = await opening
    if (rooms.get(key) !== opening) return joined(key, member, record)
    room.join(member)
    return room
  }

  return {
    /** Lets somebody in; throws a `Refusal` for whoever may not see the record. */
    enter: async (request: SeatRequest): Promise<Seat> => {
      const { principal, expiresAtMs } = await deps.authenticate(request.token)
      const { workspaceId, userId, role, name } = principal
      const actor: Actor = { workspaceId, userId, role, via: 'collab' }
      await requireReadable(actor, request.entity, request.id)
      const key = keyOf(workspaceId, request.entity, request.id)
      const { send, onRefused } = request
      const member: Member = { actor, person: { id: userId, name }, send, onRefused }
      const room = await joined(key, member, request)
      return {
        actor,
        expiresAtMs,
        receive: (message) => room.receive(member, message),
        leave: () => {
          leave(key, member).catch((error) =>
            deps.log.error({ err: error }, 'leaving a room failed'),
          )
        },
      }
    },
    /** Stores what is gathered in all rooms and closes them. */
    close: async (): Promise<void> => {
      silence()
      const open = [...rooms.values()]
      rooms.clear()
      await Promise.all(open.map(async (room) => (await room).close()))
    },
  }
}
