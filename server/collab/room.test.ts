import { describe, expect, it } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { contact } from '../../shared/features/contacts/contact'
import { newId } from '../../shared/kernel/ids'
import { createRoom, type Member } from './room'

const failOn = (error: unknown) => {
  throw error
}

const openRoom = () =>
  createRoom({
    entity: contact,
    id: newId(),
    state: Y.encodeStateAsUpdate(new Y.Doc()),
    commit: () => Promise.resolve([]),
    onError: failOn,
  })

const aMember = (): { member: Member; awareness: Awareness; received: Uint8Array[] } => {
  const received: Uint8Array[] = []
  const userId = newId()
  const member: Member = {
    actor: { workspaceId: newId(), userId, role: 'sales', via: 'collab' },
    person: { id: userId, name: 'Sara' },
    send: (frame) => received.push(frame),
    onRefused: failOn,
  }
  return { member, awareness: new Awareness(new Y.Doc()), received }
}

const presenceOf = (awareness: Awareness): Uint8Array =>
  encodeAwarenessUpdate(awareness, [awareness.clientID])

describe('leaving a room', () => {
  it('is possible for whoever never said where they are', () => {
    const room = openRoom()
    const { member, awareness } = aMember()
    room.join(member)
    // As every client greets: with a presence that nobody has changed yet.
    room.receive(member, { type: 'awareness', update: presenceOf(awareness) })
    room.leave(member)
    expect(room.isEmpty()).toBe(true)
  })

  it('is told to those who stay', () => {
    const room = openRoom()
    const [one, two] = [aMember(), aMember()]
    for (const { member } of [one, two]) room.join(member)
    one.awareness.setLocalState({ field: 'notes' })
    room.receive(one.member, { type: 'awareness', update: presenceOf(one.awareness) })
    const before = two.received.length
    room.leave(one.member)
    expect(two.received).toHaveLength(before + 1)
  })

  it('leaves whoever has come back by another line before the old one was known to be dead', () => {
    const room = openRoom()
    const [old, other] = [aMember(), aMember()]
    const fresh: Member = { ...old.member, send: () => {} }
    for (const member of [old.member, other.member, fresh]) room.join(member)
    for (const member of [old.member, fresh]) {
      old.awareness.setLocalState({ field: 'notes' })
      room.receive(member, { type: 'awareness', update: presenceOf(old.awareness) })
    }
    const before = other.received.length
    room.leave(old.member)
    expect(other.received).toHaveLength(before)
    room.leave(fresh)
    expect(other.received).toHaveLength(before + 1)
  })

  it('gives nobody the place of whoever left, even if they pass on their presence', () => {
    const room = openRoom()
    const [one, two] = [aMember(), aMember()]
    for (const { member } of [one, two]) room.join(member)
    room.receive(one.member, { type: 'awareness', update: presenceOf(one.awareness) })
    room.leave(one.member)
    const before = two.received.length
    room.receive(two.member, { type: 'awareness', update: presenceOf(one.awareness) })
    expect(two.received).toHaveLength(before)
  })
})
