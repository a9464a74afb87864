/** One computer with Roadbook on it: a disk, a clock that may be wrong, and at times a window. */
import zlib from 'node:zlib'
import { IDBKeyRange as FakeKeyRange } from 'fake-indexeddb'
import type { Random } from '../../server/demo/random'
import type { Platform } from '../../src-renderer/local/platform'
import { createLocalStore, type OpenStore } from '../../src-renderer/local/store'
import { createDisk, type Disk } from './disk'
import type { Loop, Process } from './loop'
import type { Machine, Network } from './network'
import { type Person, password } from './template'
import type { Variant } from './variant'

type Window = { process: Process; store: OpenStore; setOnline: (isOnline: boolean) => void }

export type Computer = Machine & {
  person: Person
  disk: Disk
  /** How far its clock is off, in milliseconds. */
  skewMs: number
  window: Window | undefined
  boot: () => void
  kill: () => void
  signIn: () => void
  setOnline: (isOnline: boolean) => void
  /** The line breaks; `silent`: nobody tells the window. */
  cut: (options: { silent: boolean }) => void
}

type Deps = {
  name: string
  person: Person
  loop: Loop
  random: Random
  network: Network
  variant: Variant
  onError: (error: unknown) => void
}

const credentials = (person: Person) => ({
  serverUrl: 'http://localhost:8012',
  email: person.email,
  password,
})

export const createComputer = (deps: Deps): Computer => {
  const { loop, random, network } = deps
  const disk = createDisk()

  const createPlatform = (process: Process, listeners: Set<(isOnline: boolean) => void>) => {
    const open = network.openSocket(computer, process)
    const platform: Platform = {
      indexedDB: disk.factory(),
      IDBKeyRange: FakeKeyRange,
      fetch: network.fetch(computer, process),
      openSocket: deps.variant.socket?.(open) ?? open,
      time: {
        now: () => loop.now() + computer.skewMs,
        after: (ms, run) => loop.after(process, ms, run),
        random: random.next,
      },
      lead: (_, onLeading) => loop.soon(process, onLeading),
      openBus: () => ({ post: () => {}, close: () => {} }),
      inflate: async (bytes) => new Uint8Array(zlib.inflateRawSync(bytes)),
      onNetwork: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      // Small enough that every copy is made in parts.
      copyLimits: { inParts: 1, first: 1, whole: 1_000, latest: 3, slack: 0.5 },
      packing: { size: 3, fewest: 2, replaced: 2, fewLoose: 2 },
      app: 'simulator',
      onError: deps.onError,
    }
    return platform
  }

  const computer: Computer = {
    name: deps.name,
    person: deps.person,
    isOnline: true,
    isSlow: false,
    disk,
    skewMs: 0,
    window: undefined,
    boot: () => {
      if (computer.window) return
      const process = loop.process(`${deps.name}`)
      const listeners = new Set<(isOnline: boolean) => void>()
      loop.soon(process, () => {
        const store = createLocalStore(createPlatform(process, listeners))
        computer.window = {
          process,
          store,
          setOnline: (isOnline) => {
            for (const listener of listeners) listener(isOnline)
          },
        }
        store.session().then((session) => {
          if (!session) computer.signIn()
        }, deps.onError)
      })
    },
    kill: () => {
      const { window } = computer
      if (!window) return
      loop.kill(window.process)
      network.hangUp(window.process)
      disk.crash()
      computer.window = undefined
    },
    signIn: () => {
      const { window } = computer
      if (!window) return
      loop.soon(window.process, () => {
        // Without network it does not work; whoever sits there tries again some time.
        window.store.signIn(credentials(deps.person)).catch(() => undefined)
      })
    },
    cut: (options) => network.cut(computer, options),
    setOnline: (isOnline) => {
      computer.isOnline = isOnline
      const { window } = computer
      if (!isOnline) network.cut(computer, { silent: random.below(3) === 0 })
      // Systems notice late, or not at all.
      if (window && random.below(3) > 0)
        loop.after(window.process, random.below(500), () => window.setOnline(isOnline))
    },
  }
  return computer
}
