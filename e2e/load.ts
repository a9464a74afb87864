/** Edits of somebody else that stream into a server for as long as it lives. */
import { connectSync } from '../bench/sync-client'
import { createClock } from '../shared/kernel/clock'
import { newDeviceId, newId } from '../shared/kernel/ids'
import { bearerFor } from './api'
import type { RunningServer } from './start'

export type Load = {
  /** The ids of contacts that the server has said it holds. */
  acknowledged: string[]
  /** Resolves once the server is gone, or after `stop`. */
  ended: Promise<void>
  stop: () => Promise<void>
}

type Options = {
  /** Edits in one push; the next one leaves when it is acknowledged. */
  batch: number
  /** Hears how many there are, batch by batch. */
  onAcknowledged?: (count: number) => void
}

/** Starts to push new contacts. */
export const startLoad = async (
  server: RunningServer,
  { batch, onAcknowledged }: Options,
): Promise<Load> => {
  const device = newDeviceId()
  const clock = createClock({ device, now: Date.now })
  const token = await bearerFor(server.url, 'sales2@demo.test')
  const client = await connectSync(server.port, token, device)
  const acknowledged: string[] = []
  const state = { isWanted: true, n: 0 }
  const gone = new Promise<void>((resolve) => server.process.once('exit', () => resolve()))
  const isAlive = () => server.process.exitCode === null && server.process.signalCode === null
  const push = async (): Promise<void> => {
    while (state.isWanted && isAlive()) {
      const edits = Array.from({ length: batch }, () => {
        state.n += 1
        const s = { firstName: `Number ${state.n}` }
        return { n: state.n, entity: 'contact', id: newId(), t: clock.next(), s }
      })
      const decided = client.push(edits).then(() => true)
      if (!(await Promise.race([decided, gone.then(() => false)]))) return
      acknowledged.push(...edits.map(({ id }) => id))
      onAcknowledged?.(acknowledged.length)
    }
  }
  const ended = push()
  return {
    acknowledged,
    ended,
    stop: async () => {
      state.isWanted = false
      await ended
      client.close()
    },
  }
}

/** Throws where a server lacks one of these contacts. */
export const requireContacts = async (url: string, ids: readonly string[]): Promise<void> => {
  const headers = { authorization: `Bearer ${await bearerFor(url, 'sales2@demo.test')}` }
  for (const id of ids) {
    const { status } = await fetch(`${url}/api/v1/crm/contacts/${id}`, { headers })
    if (status !== 200) throw new Error(`contact ${id} was acknowledged and is answered ${status}`)
  }
}
