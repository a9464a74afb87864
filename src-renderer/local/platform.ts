/** What the store needs of its surroundings; the browser's own in one file, tests pass others. */
import type { IndexedDbParts } from './database'
import type { CopyLimits } from './sync/copy'

/** Where refresh tokens are kept: the desktop's secret storage, or the profile database. */
export type TokenVault = {
  get: (key: string) => Promise<string | null>
  set: (key: string, value: string) => Promise<void>
  remove: (key: string) => Promise<void>
}

export type SocketEvents = {
  onOpen: () => void
  onMessage: (bytes: Uint8Array) => void
  /** Called once, also when the connection could not be made. */
  onClose: (code: number, reason: string) => void
}

type Socket = { send: (bytes: Uint8Array<ArrayBuffer>) => void; close: () => void }

export type OpenSocket = (url: string, events: SocketEvents) => Socket

/** Time and chance, so that a simulator can drive both. */
export type Time = {
  now: () => number
  /** Calls back once after `ms`, unless the returned function is called before. */
  after: (ms: number, run: () => void) => () => void
  /** At least 0, below 1. */
  random: () => number
}

/** A line to the other windows of this profile. */
type Bus = { post: (message: unknown) => void; close: () => void }

export type Platform = IndexedDbParts & {
  vault?: TokenVault
  fetch: typeof fetch
  openSocket: OpenSocket
  time: Time
  openBus: (name: string, onMessage: (message: unknown) => void) => Bus
  /** Calls back once this window leads under that name; the returned function gives it up. */
  lead: (name: string, onLeading: () => void) => () => void
  inflate: (bytes: Uint8Array) => Promise<Uint8Array>
  /** Calls back when the network comes or goes. */
  onNetwork: (listener: (isOnline: boolean) => void) => () => void
  /** Other limits of what a copy holds than the product's, for simulations. */
  copyLimits?: CopyLimits
  /** Name and version of this program, for the server's log. */
  app: string
  /** Something went wrong that nobody foresaw and nobody waits for. */
  onError: (cause: unknown) => void
}
