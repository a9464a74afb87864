/**
 * One record that people have open. What they type goes through the gate before anybody else sees
 * it, and what the gate has stored is what the room shows: the room has no truth of its own. So
 * whoever types on builds on text that is stored already, wherever that text came from.
 */
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import * as Y from 'yjs'
import { textFragment } from '../../shared/crdt/record-doc'
import type { AnyEntity } from '../../shared/kernel/entity'
import type { RefusalInfo } from '../../shared/kernel/refusal'
import type { Actor, Commit } from '../kernel/ports'
import { ownPresence, type Person } from './presence'
import { answerFrame, askFrame, awarenessFrame, type CollabMessage, updateFrame } from './wire'

/** How long typing is gathered after it has just been stored; the first key goes at once. */
const gatherMs = 150

/** The most documents that one line may speak for; a window has one of each record. */
const maxClients = 16

export type Member = {
  actor: Actor
  person: Person
  send: (frame: Uint8Array) => void
  /** Told when the gate has refused what the member typed. */
  onRefused: (refusal: RefusalInfo) => void
}

type RoomDeps = {
  entity: AnyEntity
  id: string
  state: Uint8Array
  commit: Commit
  onError: (error: unknown) => void
}

type Typing = { member: Member; updates: Uint8Array[] }

/** A document that is read and never written: it needs no client id of its own. */
const opened = (state: Uint8Array): Y.Doc => {
  const doc = new Y.Doc({ guid: 'record' })
  Y.applyUpdate(doc, state)
  return doc
}

/** The rich texts that an update changes, and whether it says anything that the document lacks. */
const changedTexts = (entity: AnyEntity, doc: Y.Doc, update: Uint8Array): string[] | undefined => {
  const copy = opened(Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateAsUpdate(copy)
  const changed = new Set<string>()
  for (const [name, { kind }] of Object.entries(entity.fields))
    if (kind === 'richText') textFragment(copy, name).observeDeep(() => changed.add(name))
  Y.applyUpdate(copy, update)
  const isNews =
    copy.store.pendingStructs !== null ||
    Buffer.compare(Buffer.from(before), Buffer.from(Y.encodeStateAsUpdate(copy))) !== 0
  return isNews ? [...changed] : undefined
}

/** Opens a room over the record's stored state. */
export const createRoom = (deps: RoomDeps) => {
  const { entity, id } = deps
  const doc = opened(deps.state)
  const awareness = new Awareness(doc)
  // The server is nobody in the room.
  awareness.setLocalState(null)
  const members = new Map<Member, Set<number>>()
  // Clients pass on whatever presence reaches them. Whose it is must not depend on who says it
  // last, nor on whether the line that it first came by is still open.
  const speakers = new Map<number, string>()
  const typing = new Map<Member, Typing>()
  const state: { timer: NodeJS.Timeout | undefined; storing: boolean; closed: boolean } = {
    timer: undefined,
    storing: false,
    closed: false,
  }

  const broadcast = (frame: Uint8Array) => {
    for (const member of members.keys()) member.send(frame)
  }
  doc.on('update', (update: Uint8Array) => broadcast(updateFrame(update)))

  const store = async ({ member, updates }: Typing): Promise<void> => {
    // Clients also pass on what reached them by sync; of that the gate takes only what is theirs.
    const update = Y.diffUpdate(Y.mergeUpdates(updates), Y.encodeStateVector(doc))
    const texts = changedTexts(entity, doc, update)
    if (texts === undefined) return
    // Bytes that change no text of the record are for the gate to refuse, under any text's name.
    const names = texts.length > 0 ? texts : richTexts(entity).slice(0, 1)
    const x = Object.fromEntries(names.map((name) => [name, update]))
    const [outcome] = await deps.commit(member.actor, [
      { entity: entity.name, id, s: {}, x, mustExist: true },
    ])
    if (outcome && !outcome.ok) member.onRefused(outcome.refusal)
  }

  const flush = async (): Promise<void> => {
    state.storing = true
    const waiting = [...typing.values()]
    typing.clear()
    for (const part of waiting) {
      try {
        await store(part)
      } catch (error) {
        deps.onError(error)
      }
    }
    state.storing = false
    if (state.closed) return
    state.timer = setTimeout(() => {
      state.timer = undefined
      if (typing.size > 0) void flush()
    }, gatherMs)
    state.timer.unref()
  }

  const type = (member: Member, update: Uint8Array): void => {
    // Throws for bytes that are no update, before they are laid beside others.
    Y.decodeUpdate(update)
    const mine = typing.get(member) ?? { member, updates: [] }
    mine.updates.push(update)
    typing.set(member, mine)
    if (!state.storing && state.timer === undefined) void flush()
  }

  const tell = (member: Member, update: Uint8Array): void => {
    const own = members.get(member)
    if (!own) return
    const { id: userId } = member.person
    const isMine = (client: number): boolean => (speakers.get(client) ?? userId) === userId
    const cleaned = ownPresence(update, member.person, isMine)
    if (cleaned.clients.length === 0) return
    for (const client of cleaned.clients) {
      speakers.set(client, userId)
      own.add(client)
    }
    if (own.size > maxClients) throw new RangeError('a member speaks for too many clients')
    applyAwarenessUpdate(awareness, cleaned.update, member)
    broadcast(awarenessFrame(cleaned.update))
  }

  const everybody = (): Uint8Array =>
    awarenessFrame(encodeAwarenessUpdate(awareness, [...awareness.getStates().keys()]))

  return {
    join: (member: Member): void => {
      members.set(member, new Set())
      member.send(askFrame(doc))
      if (awareness.getStates().size > 0) member.send(everybody())
    },
    leave: (member: Member): void => {
      const own = members.get(member) ?? new Set()
      members.delete(member)
      // Of whoever came and said nothing new there is nothing to take back; and whoever has come
      // back by another line before this one was known to be dead is still here.
      const isHere = (id: number) => [...members.values()].some((clients) => clients.has(id))
      const clients = [...own].filter((id) => awareness.meta.has(id) && !isHere(id))
      removeAwarenessStates(awareness, clients, null)
      if (clients.length > 0) broadcast(awarenessFrame(encodeAwarenessUpdate(awareness, clients)))
    },
    isEmpty: (): boolean => members.size === 0,
    members: (): Member[] => [...members.keys()],
    /** Handles what a member says; throws where it is not to be believed. */
    receive: (member: Member, message: CollabMessage): void => {
      // Whoever was sent away may still speak until the socket has closed.
      if (!members.has(member)) return
      if (message.type === 'ask') member.send(answerFrame(doc, message.stateVector))
      else if (message.type === 'update') type(member, message.update)
      else if (message.type === 'awareness') tell(member, message.update)
      else member.send(everybody())
    },
    /** Takes what has been stored, whoever wrote it. */
    show: (stored: Uint8Array): void => Y.applyUpdate(doc, stored),
    /** Stores what is still gathered; nothing is said to anybody after that. */
    close: async (): Promise<void> => {
      state.closed = true
      clearTimeout(state.timer)
      if (typing.size > 0) await flush()
      awareness.destroy()
      doc.destroy()
    },
  }
}

const richTexts = (entity: AnyEntity): string[] =>
  Object.entries(entity.fields)
    .filter(([, { kind }]) => kind === 'richText')
    .map(([name]) => name)

export type Room = ReturnType<typeof createRoom>
