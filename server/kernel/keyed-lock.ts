/** One after the other for each key, side by side for different ones. */
export type KeyedLock = ReturnType<typeof createKeyedLock>

/** Work of one key waits for what came before it, whether that went well or not. */
export const createKeyedLock = () => {
  const tails = new Map<string, Promise<unknown>>()
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const run = (tails.get(key) ?? Promise.resolve()).then(work)
    // The next one waits for the end, not for success; the failure belongs to the caller.
    const tail = run.catch(() => undefined)
    tails.set(key, tail)
    try {
      return await run
    } finally {
      if (tails.get(key) === tail) tails.delete(key)
    }
  }
}
