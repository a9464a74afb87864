/** The records that are open somewhere, and the way into their rooms: authorised like the record. */
import type { Logger } from 'pino'
import { entityNamed } from '../../shared/features/index'
import { allows, hiddenFields } from '../../shared/kernel/access'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import { idSchema } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { Authenticate } from '../auth/authenticate'
import type { Written } from '../kernel/commit/commit'
import type { Actor, Commit, RecordReader } from '../kernel/ports'
import { visibleTo } from '../kernel/store/visible'
import type { Viewers } from '../kernel/viewers'
import { createRoom, type Member, type Room } from './room'
import type { CollabMessage } from './wire'

export type RoomsDeps = {
  authenticate: Authenticate
  commit: Commit
  reader: RecordReader
  viewerOf: Viewers
  log: Logger
  onWritten: (listener: (written: Written) => void) => () => void
}

/** What a socket holds of its room. `receive` throws where the member is not to be believed. */
export type Seat = {
  actor: Actor
  expiresAtMs: number
  receive: (message: CollabMessage) => void
  /** Throws where the record is no longer in sight, with the rights of the token as they are now. */
  check: () => Promise<void>
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
    for (const { entity, id, state, row } of records)
      void rooms.get(keyOf(workspaceId, entity, id))?.then((room) => {
        sendAway(room, (actor) => maySee(actor, entityNamed(entity), row))
        room.show(state)
      })
  })

  const maySee = (actor: Actor, entity: AnyEntity | undefined, row: AnyRow): boolean =>
    entity !== undefined && allows(deps.viewerOf(actor), 'read', entity, row)

  /** Whoever may no longer see the record is out before what was written is shown. */
  const sendAway = (room: Room, mayStay: (actor: Actor) => boolean): void => {
    for (const member of room.members()) {
      if (mayStay(member.actor)) continue
      room.leave(member)
      member.onRefused(new Refusal('record.missing').info)
    }
  }

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
    const reader = visibleTo(deps.reader, deps.viewerOf(actor))
    const stored = isKnown ? await reader.get(actor.workspaceId, entityName, id) : undefined
    if (!entity || !stored) throw new Refusal('record.missing')
    // A room shows the whole document. Whoever must not see all of it has the record by `/sync`.
    if (hiddenFields(actor.role, entity).length > 0)
      throw new Refusal('auth.forbidden', { detail: 'Your role does not see all of this record.' })
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
        check: async () => {
          const { principal: now } = await deps.authenticate(request.token)
          await requireReadable({ ...actor, role: now.role }, request.entity, request.id)
        },
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
