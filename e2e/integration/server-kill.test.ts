/** The real server, killed while edits stream in: what was acknowledged is there afterwards. */
import { afterAll, expect, it } from 'vitest'
import { requireContacts, startLoad } from '../load'
import { newFolder, removeFolder, startServer } from '../start'

const folder = newFolder('kill')
afterAll(() => removeFolder(folder))

it('loses no acknowledged edit to kill -9 during a push', { timeout: 120_000 }, async () => {
  for (let round = 0; round < 3; round += 1) {
    const server = await startServer(folder)
    const load = await startLoad(server, {
      batch: 50,
      onAcknowledged: (count) => {
        if (count === 500 + round * 150) server.process.kill('SIGKILL')
      },
    })
    await load.ended
    const back = await startServer(folder, server.port)
    expect(load.acknowledged.length).toBeGreaterThanOrEqual(500)
    await requireContacts(back.url, load.acknowledged)
    await back.stop()
  }
})
