/** What a peer has to offer to be measured beside us. */
export type Peer = {
  name: string
  /** Seconds until the server has taken `records` contacts, pushed 500 a transaction. */
  ingest: (records: number) => Promise<number>
  /** Seconds until a fresh client has them all. */
  catchUp: (records: number) => Promise<number>
  /** Milliseconds from each of so many edits to its arrival at so many other clients. */
  propagation: (listeners: number, edits: number) => Promise<number[]>
  memoryMb: () => number
  stop: () => Promise<void>
}

export const batchSize = 500
