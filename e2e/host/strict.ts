/** Anything the stand-in lacks fails loudly instead of silently doing nothing. */
export const strict = <T extends object>(name: string, target: T): T =>
  new Proxy(target, {
    get: (object, key, receiver) => {
      const isKnown = typeof key === 'symbol' || key in object || key === 'then' || key === 'toJSON'
      if (!isKnown) throw new Error(`stand-in: electron.${name}.${key} is not supported`)
      return Reflect.get(object, key, receiver)
    },
  })

export type PreventableEvent = { defaultPrevented: boolean; preventDefault: () => void }

/** An event whose default can be prevented, with further properties. */
export const preventable = <T extends object>(properties: T): T & PreventableEvent => {
  const event = {
    ...properties,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}
