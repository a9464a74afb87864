/**
 * Large parts of the app that are loaded when somebody needs them. The desktop app has them on disk;
 * a browser fetches them, so it does that ahead of time: the network may be gone by then.
 */

const parts: (() => Promise<unknown>)[] = []

/** A part that loads once; what could not be loaded is tried again the next time. */
export const largePart = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loaded: Promise<T> | undefined
  const part = () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    })
    return loaded
  }
  parts.push(part)
  return part
}

/** Loads every part, one after the other; those that cannot be had now are left for when they are needed. */
export const loadParts = async (): Promise<void> => {
  for (const part of parts) await part().catch(() => undefined)
}
