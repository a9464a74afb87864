/** Edits of one client on their way to others, for peers whose documents are Yjs documents in memory. */
import type * as Y from 'yjs'
import { contactValues } from '../contacts'

/**
 * Milliseconds from each edit to its arrival in each of the other documents. The next edit is made
 * once all have the one before, so that nothing waits for anything else.
 */
export const measurePropagation = async (
  writer: Y.Doc,
  listeners: readonly Y.Doc[],
  edits: number,
): Promise<number[]> => {
  const samples: number[] = []
  for (let edit = 0; edit < edits; edit += 1) {
    const name = `edit-${edit}`
    let start = 0
    const arrivals = listeners.map(
      (doc) =>
        new Promise<void>((resolve) => {
          const records = doc.getMap('records')
          const look = () => {
            if (!records.has(name)) return
            records.unobserve(look)
            samples.push(performance.now() - start)
            resolve()
          }
          records.observe(look)
        }),
    )
    start = performance.now()
    writer.getMap('records').set(name, contactValues(edit))
    await Promise.all(arrivals)
  }
  return samples
}
