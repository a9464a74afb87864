/** What a client holds follows what its user may see: grants bring records, removals leave nothing. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { login } from '../../server/db/schema'
import type { EditInput } from '../../server/kernel/ports'
import { newId } from '../../shared/kernel/ids'
import { createWorld, holds, settled, type World } from './world'

let world: World
let sue: string
let mate: string
let stranger: string

beforeEach(async () => {
  world = await createWorld()
  sue = await world.person('sue', 'support')
  mate = await world.person('mate', 'sales')
  stranger = await world.person('stranger', 'sales')
})
afterEach(() => world.end())

const lead = (ownerId: string, id = newId()): EditInput => ({
  entity: 'lead',
  id,
  s: { name: 'canary lead', status: 'new', ownerId },
  text: { notes: 'canary notes' },
})

describe('a record that leaves its user’s sight', () => {
  it('leaves the copy at once, with its undo steps and all', async () => {
    const id = await world.write(lead(sue))
    const { profile, store } = await world.machine('sue')
    await holds(profile, 'canary notes', true)
    await store.commit([{ entity: 'lead', id, set: { companyName: 'canary company' } }], {
      label: 'Edit',
    })
    await settled(store)
    await world.write({ entity: 'lead', id, s: { ownerId: stranger } })
    await vi.waitFor(async () => expect(await store.get('lead', id)).toBeNull())
    await holds(profile, 'canary', false)
    await world.write({ entity: 'lead', id, s: { ownerId: sue } })
    await vi.waitFor(async () =>
      expect(await store.get('lead', id)).toMatchObject({ companyName: 'canary company' }),
    )
  })

  it('leaves the copy at the next contact of a device that was away', async () => {
    const id = await world.write(lead(sue))
    const { profile, store, open } = await world.machine('sue')
    await holds(profile, 'canary', true)
    await store.close()
    await world.write({ entity: 'lead', id, s: { ownerId: stranger, companyName: 'canary inc' } })
    await world.write({ entity: 'lead', id, s: { companyName: 'canary ltd' } })
    const again = open()
    await settled(again)
    await holds(profile, 'canary', false)
    expect(await again.get('lead', id)).toBeNull()
  })

  it('gives back an edit that was made in it meanwhile, with the reason', async () => {
    const id = await world.write(lead(sue))
    const { store, open } = await world.machine('sue')
    await store.close()
    const away = open()
    await world.stop()
    await away.commit([{ entity: 'lead', id, set: { companyName: 'my words' } }], { label: 'Edit' })
    await world.start()
    await world.write({ entity: 'lead', id, s: { ownerId: stranger } })
    await away.syncNow()
    await settled(away)
    await vi.waitFor(async () => expect(await away.issues()).toHaveLength(1))
    const [issue] = await away.issues()
    expect(issue?.refusal.code).toBe('record.missing')
    expect(JSON.stringify(issue)).toContain('my words')
    expect(await away.get('lead', id)).toBeNull()
  })
})

describe('rights that change', () => {
  it('bring and take what a team shares as its members come and go', async () => {
    const team = await world.write({ entity: 'team', s: { name: 'Service' } })
    await world.write({ entity: 'teamMember', s: { teamId: team, userId: mate } })
    const activity = await world.write({
      entity: 'activity',
      s: { subject: 'canary call', activityType: 'call', ownerId: mate },
    })
    const { profile, store } = await world.machine('sue')
    expect(await store.get('activity', activity)).toBeNull()
    const member = await world.write({ entity: 'teamMember', s: { teamId: team, userId: sue } })
    await holds(profile, 'canary call', true)
    await world.write({
      entity: 'teamMember',
      id: member,
      s: { deletedAt: new Date().toISOString() },
    })
    await holds(profile, 'canary', false)
    expect(await store.get('activity', activity)).toBeNull()
  })

  it('follow a change of role, also of what the new role does not see of a record', async () => {
    const id = await world.write({
      entity: 'contact',
      s: { firstName: 'Ada', lifecycleStage: 'customer', ownerId: stranger },
    })
    await world.write(lead(sue))
    const { profile, store } = await world.machine('sue')
    await holds(profile, 'canary lead', true)
    expect(await store.get('contact', id)).toMatchObject({ lifecycleStage: 'customer' })
    const { db } = world.server().services
    db.update(login).set({ role: 'cashier' }).where(eq(login.userId, sue)).run()
    // The server notices at the next word from the client.
    await store.commit([{ entity: 'contact', id, set: { firstName: 'Grace' } }], { label: 'Edit' })
    await holds(profile, 'canary', false)
    await vi.waitFor(async () =>
      expect(await store.get('contact', id)).toMatchObject({
        firstName: 'Grace',
        lifecycleStage: null,
      }),
    )
    await holds(profile, '"customer"', false)
  })
})
