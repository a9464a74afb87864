/** The real server, killed while edits stream in: what was acknowledged is there afterwards. */
import { afterAll, expect, it } from 'vitest'
import { connectSync } from '../../bench/sync-client'
import { createClock } from '../../shared/kernel/clock'
import { newDeviceId, newId } from '../../shared/kernel/ids'
import { newFolder, removeFolder, startServer } from '../start'

const folder = newFolder('kill')
afterAll(() => removeFolder(folder))

const signIn = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'sales@demo.test', password: 'roadbook-demo' }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

it('loses no acknowledged edit to kill -9 during a push', { timeout: 120_000 }, async () => {
  for (let round = 0; round < 3; round += 1) {
    const server = await startServer(folder)
    const device = newDeviceId()
    const clock = createClock({ device, now: Date.now })
    const client = await connectSync(server.port, await signIn(server.url), device)
    const acknowledged: string[] = []
    const killed = new Promise<void>((resolve) => server.process.once('exit', () => resolve()))
    let n = 0
    const pushing = (async () => {
      while (server.process.exitCode === null && server.process.signalCode === null) {
        const edits = Array.from({ length: 50 }, () => {
          n += 1
          return {
            n,
            entity: 'contact',
            id: newId(),
            t: clock.next(),
            s: { firstName: `Round ${round} number ${n}` },
          }
        })
        const decided = client.push(edits).then(() => 'decided' as const)
        if ((await Promise.race([decided, killed])) !== 'decided') return
        acknowledged.push(...edits.map(({ id }) => id))
        if (acknowledged.length === 500 + round * 150) server.process.kill('SIGKILL')
      }
    })()
    await pushing
    await killed
    const back = await startServer(folder, server.port)
    const headers = { authorization: `Bearer ${await signIn(back.url)}` }
    for (const id of acknowledged)
      expect((await fetch(`${back.url}/api/v1/crm/contacts/${id}`, { headers })).status).toBe(200)
    await back.stop()
  }
})
