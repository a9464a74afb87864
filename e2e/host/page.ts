/**
 * Runs inside Chromium: these functions are put into pages as text, so they refer to nothing
 * outside themselves. The bridge carries plain data, functions and promises between the two worlds.
 */

type Plain = unknown
type FunctionId = (fn: (...args: Plain[]) => Plain) => string
type FunctionOf = (id: string) => Plain

/** Data as it survives structured cloning, written as JSON arrays `[tag, ...]`. */
export function codec() {
  const encode = (value: Plain, functionId?: FunctionId): Plain => {
    if (value === undefined) return ['u']
    if (value === null || typeof value !== 'object') {
      if (typeof value === 'function') {
        if (!functionId) throw new Error('An object could not be cloned.')
        return ['f', functionId(value as (...args: Plain[]) => Plain)]
      }
      if (typeof value === 'bigint') return ['b', String(value)]
      return ['v', value]
    }
    if (value instanceof Date) return ['d', +value]
    if (value instanceof Error) return ['e', value.name, value.message]
    if (value instanceof Map)
      return [
        'm',
        [...value].map(([key, item]) => [encode(key, functionId), encode(item, functionId)]),
      ]
    if (value instanceof Set) return ['s', [...value].map((item) => encode(item, functionId))]
    if (value instanceof Uint8Array) return ['t', [...value]]
    if (Array.isArray(value)) return ['a', value.map((item) => encode(item, functionId))]
    return ['o', Object.entries(value).map(([key, item]) => [key, encode(item, functionId)])]
  }
  const decode = (data: Plain, functionOf?: FunctionOf): Plain => {
    const [tag, first, second] = data as [string, Plain, Plain]
    const items = first as Plain[]
    const pairs = first as [Plain, Plain][]
    switch (tag) {
      case 'u':
        return undefined
      case 'f':
        return functionOf?.(String(first))
      case 'b':
        return BigInt(String(first))
      case 'd':
        return new Date(Number(first))
      case 'e':
        return Object.assign(new Error(String(second)), { name: String(first) })
      case 'm':
        return new Map(
          pairs.map(([key, item]) => [decode(key, functionOf), decode(item, functionOf)]),
        )
      case 's':
        return new Set(items.map((item) => decode(item, functionOf)))
      case 't':
        return new Uint8Array(first as number[])
      case 'a':
        return items.map((item) => decode(item, functionOf))
      case 'o':
        return Object.fromEntries(
          pairs.map(([key, item]) => [String(key), decode(item, functionOf)]),
        )
      default:
        return first
    }
  }
  return { encode, decode }
}

type Wire = ReturnType<typeof codec>
type Message = {
  t: string
  id?: string
  args?: Plain
  value?: Plain
  error?: Plain
  promise?: string
  key?: string
}

/** One end of the bridge between a page's own world and the preload's: events that carry text. */
export function endpoint(wire: Wire, names: { me: string; peer: string; nonce: string }) {
  const functions = new Map<string, (...args: Plain[]) => Plain>()
  const promises = new Map<
    string,
    { resolve: (value: Plain) => void; reject: (value: Plain) => void }
  >()
  let count = 0
  let returned: Message | undefined
  const post = (message: Message) =>
    window.dispatchEvent(
      new CustomEvent(names.nonce + names.peer, { detail: JSON.stringify(message) }),
    )
  const write = (value: Plain): Plain =>
    wire.encode(value, (fn) => {
      count += 1
      functions.set(names.me + count, fn)
      return names.me + count
    })
  const remote =
    (id: string) =>
    (...args: Plain[]) => {
      post({ t: 'call', id, args: write(args) })
      const answer = returned
      returned = undefined
      if (answer?.error) throw read(answer.error)
      if (!answer?.promise) return read(answer?.value)
      const { promise } = answer
      return new Promise((resolve, reject) => promises.set(promise, { resolve, reject }))
    }
  const read = (data: Plain): Plain => wire.decode(data, remote)
  const freeze = (value: Plain): Plain => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
    Object.freeze(value)
    Object.values(value).forEach(freeze)
    return value
  }
  const answerTo = (message: Message): Message => {
    try {
      const result = functions.get(message.id ?? '')?.(...(read(message.args) as Plain[]))
      if (!(result instanceof Promise)) return { t: 'return', value: write(result) }
      count += 1
      const promise = `${names.me}p${count}`
      result.then(
        (value) => post({ t: 'resolved', promise, value: write(value) }),
        (error) => post({ t: 'rejected', promise, value: write(error) }),
      )
      return { t: 'return', promise }
    } catch (error) {
      return { t: 'return', error: write(error) }
    }
  }
  window.addEventListener(names.nonce + names.me, (event) => {
    const message: Message = JSON.parse((event as CustomEvent<string>).detail)
    if (message.t === 'call') post(answerTo(message))
    else if (message.t === 'return') returned = message
    else if (message.t === 'expose')
      Object.defineProperty(window, message.key ?? '', {
        value: freeze(read(message.value)),
        enumerable: true,
      })
    else {
      const held = promises.get(message.promise ?? '')
      promises.delete(message.promise ?? '')
      if (message.t === 'resolved') held?.resolve(read(message.value))
      else held?.reject(read(message.value))
    }
  })
  return { expose: (key: string, value: Plain) => post({ t: 'expose', key, value: write(value) }) }
}

/** `require` for the preload: `electron` with `contextBridge` and `ipcRenderer`. */
export function preloadRuntime(
  wire: Wire,
  bridge: { expose: (key: string, value: Plain) => void },
) {
  type Listener = (event: object, ...args: Plain[]) => void
  const scope = globalThis as unknown as {
    __electronHost: (text: string) => void
    __electronHostIn: (text: string) => void
  }
  const waiting = new Map<
    number,
    { resolve: (value: Plain) => void; reject: (error: Error) => void }
  >()
  const listeners = new Map<string, Set<Listener>>()
  let count = 0
  const ipcRenderer = {
    invoke: (channel: string, ...args: Plain[]) =>
      new Promise((resolve, reject) => {
        count += 1
        const data = wire.encode(args)
        waiting.set(count, { resolve, reject })
        scope.__electronHost(JSON.stringify({ t: 'invoke', id: count, channel, args: data }))
      }),
    on: (channel: string, listener: Listener) => {
      const held = listeners.get(channel) ?? new Set()
      listeners.set(channel, held.add(listener))
    },
    off: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener)
    },
  }
  scope.__electronHostIn = (text) => {
    const message: {
      t: string
      id: number
      channel: string
      args?: Plain
      value?: Plain
      error?: string
    } = JSON.parse(text)
    if (message.t === 'event') {
      for (const listener of listeners.get(message.channel) ?? [])
        listener({ sender: ipcRenderer }, ...(wire.decode(message.args) as Plain[]))
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) call?.reject(new Error(message.error))
    else call?.resolve(wire.decode(message.value))
  }
  const electron = { ipcRenderer, contextBridge: { exposeInMainWorld: bridge.expose } }
  return (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found in a sandboxed preload: ${name}`)
  }
}
