/** What a peer has to offer to be measured beside us. */
export type Peer = {
  name: string
  /** Seconds until the server has taken `records` contacts, pushed 500 a transaction. */
  ingest: (records: number) => Promise<number>
  /** Seconds until a fresh client has them all. */
  catchUp: (records: number) => Promise<number>
  memoryMb: () => number
  stop: () => Promise<void>
}

export const batchSize = 500
