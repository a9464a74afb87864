import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { AnyEntity } from '../../../shared/kernel/entity'
import type { PresenceState } from '../../../shared/protocol/collab'
import { useSession, useStore } from '../use-store'
import { openRecordRoom, type RecordRoom } from './record-room'

const RoomContext = createContext<RecordRoom | null>(null)

/** Opens a record's document and its room for the screens below. */
export const PresenceProvider = ({
  entity,
  id,
  children,
}: {
  entity: AnyEntity
  id: string
  children: ReactNode
}) => {
  const store = useStore()
  const [room, setRoom] = useState<RecordRoom | null>(null)
  useEffect(() => {
    const opened = openRecordRoom(store, { entity, id }, setRoom)
    return () => {
      setRoom(null)
      opened.close()
    }
  }, [store, entity, id])
  return <RoomContext value={room}>{children}</RoomContext>
}

/** The open record's document and room; `null` while it is being read, and outside of records. */
export const useRecordRoom = (): RecordRoom | null => useContext(RoomContext)

/** A colleague who has the record open; `fields` are those being edited. */
export type Peer = { id: string; name: string; fields: string[] }

const peersOf = (room: RecordRoom, ownId: string): Peer[] => {
  const peers = new Map<string, Peer>()
  for (const state of room.awareness.getStates().values()) {
    const { user, field } = state as PresenceState
    if (!user || user.id === ownId) continue
    const peer = peers.get(user.id) ?? { ...user, fields: [] }
    if (field) peer.fields.push(field)
    peers.set(user.id, peer)
  }
  return [...peers.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const nobody: Peer[] = []

/** Colleagues who have the record open, by name. */
export const usePeers = (): Peer[] => {
  const room = useRecordRoom()
  const { userId } = useSession()
  const [peers, setPeers] = useState<Peer[]>(nobody)
  useEffect(() => {
    if (!room) return setPeers(nobody)
    const look = () => setPeers(peersOf(room, userId))
    look()
    room.awareness.on('change', look)
    return () => room.awareness.off('change', look)
  }, [room, userId])
  return peers
}

/** Tells colleagues which field is being edited here, as long as it is. */
export const useEditing = (field: string, isEditing: boolean): void => {
  const room = useRecordRoom()
  useEffect(() => {
    if (!room || !isEditing) return
    room.awareness.setLocalStateField('field', field)
    return () => {
      if ((room.awareness.getLocalState() as PresenceState | null)?.field === field)
        room.awareness.setLocalStateField('field', null)
    }
  }, [room, field, isEditing])
}
