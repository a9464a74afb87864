import { beforeEach, describe, expect, it } from 'vitest'
import { formatStamp, parseStamp } from '../../../shared/kernel/clock'
import { newDeviceId, newId } from '../../../shared/kernel/ids'
import { device as deviceTable, journal, quarantine } from '../../db/schema'
import type { Actor, EditInput } from '../ports'
import { createTestServer, type TestServer } from '../test-server'

const yearMs = 365 * 24 * 3600_000
const driftMs = 5 * 60_000

let server: TestServer
let device: string
let laptop: Actor
let api: Actor
let colleague: string

beforeEach(async () => {
  server = await createTestServer()
  const { workspaceId, person } = await server.workspace('first')
  device = newDeviceId()
  const { userId } = await person('sales')
  colleague = (await person('manager')).userId
  laptop = { workspaceId, userId, role: 'sales', device, via: 'sync' }
  api = { workspaceId, userId, role: 'sales', via: 'rest' }
})

const at = (ms: number) => formatStamp({ ms, counter: 0, device })
const commit = (actor: Actor, ...edits: Omit<EditInput, 'entity'>[]) =>
  server.services.commit(
    actor,
    edits.map((edit) => ({ entity: 'contact', ...edit })),
  )
const rowOf = async (id: string) =>
  (await server.services.reader.get(laptop.workspaceId, 'contact', id))?.row

describe('edits of a device whose clock is wrong', () => {
  it('C3: are all kept when years ahead, however fast they arrive', async () => {
    const id = newId()
    const future = server.clock.now + yearMs
    const outcomes = await commit(
      laptop,
      { n: 1, id, t: at(future), s: { firstName: 'Ada' } },
      { n: 2, id, t: at(future + 1000), s: { phone: '+4930123456' } },
      { n: 3, id, t: at(future + 2000), s: { phone: '+4930654321' } },
    )
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(await rowOf(id)).toMatchObject({ firstName: 'Ada', phone: '+4930654321' })
  })

  it('rank five minutes ahead at most', async () => {
    const id = newId()
    await commit(laptop, { n: 1, id, t: at(server.clock.now + yearMs), s: { firstName: 'Ada' } })
    const updatedAt = String((await rowOf(id))?.updatedAt)
    expect(Date.parse(updatedAt)).toBe(server.clock.now + driftMs)
  })

  it('C4: do not swallow what is asked for over HTTP afterwards', async () => {
    const id = newId()
    await commit(laptop, { n: 1, id, t: at(server.clock.now + yearMs), s: { firstName: 'Ada' } })
    const [outcome] = await commit(api, { id, s: { firstName: 'Grace' } })
    expect(outcome).toMatchObject({ ok: true, row: { firstName: 'Grace' } })
  })

  it('keep their own stamps when within five minutes', async () => {
    const id = newId()
    const t = at(server.clock.now + driftMs)
    await commit(laptop, { n: 1, id, t, s: { firstName: 'Ada' } })
    expect(Date.parse(String((await rowOf(id))?.updatedAt))).toBe(parseStamp(t).ms)
  })
})

describe('numbered edits', () => {
  it('are not used up by a colleague who pushes under the same device id', async () => {
    const [mine, theirs] = [newId(), newId()]
    await commit(laptop, { n: 1, id: mine, t: at(1000), s: { firstName: 'Ada' } })
    await expect(
      commit(
        { ...laptop, userId: colleague },
        { n: 2, id: theirs, t: at(2000), s: { firstName: 'Mallory' } },
      ),
    ).rejects.toMatchObject({ code: 'auth.forbidden' })
    expect(await rowOf(theirs)).toBeUndefined()
    await commit(laptop, { n: 2, id: mine, t: at(3000), s: { lastName: 'Lovelace' } })
    expect(await rowOf(mine)).toMatchObject({ lastName: 'Lovelace' })
  })

  it('are decided once: the same push again changes nothing and is answered alike', async () => {
    const id = newId()
    const edits = [
      { n: 1, id, t: at(1000), s: { firstName: 'Ada' } },
      { n: 2, id, t: at(2000), s: { firstName: '' } },
    ]
    const first = await commit(laptop, ...edits)
    const entries = server.services.db.select().from(journal).all().length
    const again = await commit(laptop, ...edits)
    expect(again.map(({ ok }) => ok)).toEqual([true, false])
    expect(again[1]).toEqual(first[1])
    expect(server.services.db.select().from(journal).all()).toHaveLength(entries)
    expect(server.services.db.select().from(deviceTable).all()).toMatchObject([{ decided: 2 }])
  })

  it('are kept whole in quarantine when refused', async () => {
    await commit(laptop, { n: 1, id: newId(), t: at(1000), s: { firstName: 7 } })
    expect(server.services.db.select().from(quarantine).all()).toMatchObject([
      { device, n: 1, refusal: { code: 'record.invalid' }, edit: { s: { firstName: 7 } } },
    ])
  })

  it('change nothing when one of their group is refused, and those behind go on', async () => {
    const [first, second, third] = [newId(), newId(), newId()]
    const outcomes = await commit(
      laptop,
      { n: 1, g: 'both', id: first, t: at(1000), s: { firstName: 'Ada' } },
      { n: 2, g: 'both', id: second, t: at(2000), s: { firstName: null } },
      { n: 3, id: third, t: at(3000), s: { firstName: 'Grace' } },
    )
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, false, true])
    expect(await rowOf(first)).toBeUndefined()
    expect(await rowOf(third)).toMatchObject({ firstName: 'Grace' })
  })
})
