/** A copy of a workspace that is too big for it: made in parts, kept small, and true to the rights. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { newId } from '../../shared/kernel/ids'
import { createLocalStore } from '../../src-renderer/local/store'
import type { CopyLimits } from '../../src-renderer/local/sync/copy'
import { createWorld, everything, settled, type World } from './world'

let world: World
let sue: string
let tom: string

beforeEach(async () => {
  world = await createWorld()
  sue = await world.person('sue', 'sales')
  tom = await world.person('tom', 'sales')
})
afterEach(() => world.end())

/** In parts from the first record on; the whole workspace unless it has more than `whole` records. */
const limits = (whole: number): CopyLimits => ({
  inParts: 1,
  first: 20,
  whole,
  latest: 50,
  slack: 0.5,
})

const contacts = (count: number, ownerId: string, name: string) =>
  world.write(
    ...Array.from({ length: count }, (_, n) => ({
      entity: 'contact',
      s: { firstName: `${name}${n}`, ownerId },
    })),
  )

it('goes live with what is one’s own and what is recent, and fetches the rest behind', async () => {
  await contacts(30, sue, 'Own')
  await contacts(600, tom, 'Other')
  const { store } = await world.machine('sue', limits(10_000))
  const { total: first } = await store.list({
    entity: 'contact',
    where: [{ field: 'firstName', operator: 'contains', value: 'Own' }],
  })
  expect(first).toBe(30)
  await vi.waitFor(async () => expect((await store.status()).copy.isWhole).toBe(true))
  expect((await store.list({ entity: 'contact' })).total).toBe(630)
  await store.audit()
  await vi.waitFor(async () =>
    expect((await store.status()).audit).toMatchObject({ healed: 0, checked: expect.any(Number) }),
  )
})

it('goes on where it was when the window closes in between', async () => {
  await contacts(30, sue, 'Own')
  await contacts(3_000, tom, 'Other')
  const { profile, store, open } = await world.machine('sue', limits(10_000))
  await store.close()
  const held = ((await everything(profile)).match(/"firstName":"Other/g) ?? []).length
  expect(held).toBeLessThan(3_000)
  const again = open()
  await vi.waitFor(async () => expect((await again.status()).copy.isWhole).toBe(true), {
    timeout: 20_000,
  })
  expect((await again.list({ entity: 'contact' })).total).toBe(3_030)
})

it('holds the latest changes of a big workspace, and looks up the others', async () => {
  const old = await world.write({
    entity: 'contact',
    s: { firstName: 'Zebulon', lastName: 'Pike', ownerId: tom },
  })
  await world.write({
    entity: 'activity',
    s: { subject: 'Call with Zebulon', activityType: 'call', contactId: old, ownerId: tom },
  })
  await contacts(10, sue, 'Own')
  await contacts(200, tom, 'Other')
  const { store } = await world.machine('sue', limits(100))
  await vi.waitFor(async () => expect((await store.status()).copy.share).toBe(1))
  const { copy } = await store.status()
  expect(copy).toEqual({ isWhole: false, share: 1, latest: 50 })
  const { total: kept } = await store.list({ entity: 'contact' })
  expect(kept).toBeGreaterThanOrEqual(60)
  expect(kept).toBeLessThan(200)
  expect(await store.search('Zebulon', 5)).toEqual([])
  expect(await store.lookUp({ by: 'search', text: 'zebul' })).toEqual({
    outcome: 'done',
    more: false,
  })
  const hits = await store.search('Zebulon', 5)
  expect(hits.map(({ row }) => row.id)).toContain(old)
  await store.lookUp({ by: 'record', entity: 'contact', id: old })
  const related = await store.list({
    entity: 'activity',
    where: [{ field: 'contactId', operator: 'eq', value: old }],
  })
  expect(related.total).toBe(1)
  const set = { jobTitle: 'Explorer' }
  await store.commit([{ entity: 'contact', id: old, set }], { label: 'Edit' })
  await settled(store)
  const stored = await world.server().services.reader.get(world.workspaceId, 'contact', old)
  expect(stored?.row).toMatchObject({ firstName: 'Zebulon', jobTitle: 'Explorer' })
})

it('opens and edits a record that it does not hold as if it did, and says so without network', async () => {
  const [one, two] = [newId(), newId()]
  await world.write(
    { entity: 'contact', id: one, s: { firstName: 'Zebulon', ownerId: tom } },
    { entity: 'contact', id: two, s: { firstName: 'Meriwether', ownerId: tom } },
  )
  await contacts(200, tom, 'Other')
  const { store } = await world.machine('sue', limits(100))
  await vi.waitFor(async () => expect((await store.status()).copy.share).toBe(1))
  const set = { jobTitle: 'Explorer' }
  expect(
    await store.commit([{ entity: 'contact', id: one, set }], { label: 'Edit' }),
  ).toMatchObject({ ok: true })
  expect(await store.get('contact', one)).toMatchObject({ firstName: 'Zebulon', ...set })
  await settled(store)
  await world.stop()
  expect(await store.get('contact', two)).toBeNull()
  expect(await store.lookUp({ by: 'search', text: 'meri' })).toEqual({ outcome: 'unreachable' })
  const refused = await store.commit([{ entity: 'contact', id: two, set }], { label: 'Edit' })
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'record.missing' } })
  await world.start()
})

it('does not wait long for a server that is there in name only', async () => {
  const old = await world.write({ entity: 'contact', s: { firstName: 'Zebulon', ownerId: tom } })
  await contacts(200, tom, 'Other')
  const { profile } = await world.machine('sue', limits(100))
  const store = createLocalStore({
    ...profile.platform(),
    fetch: () => new Promise<Response>(() => undefined),
    copyLimits: limits(100),
  })
  const opening = store.get('contact', old)
  await vi.waitFor(async () => {
    profile.time.advance(1000)
    expect(await Promise.race([opening, 'waiting'])).toBeNull()
  })
  expect(await store.lookUp({ by: 'search', text: 'zeb' })).toEqual({ outcome: 'unreachable' })
  await store.close()
})

it('becomes small and whole again when its user says so', async () => {
  await contacts(10, sue, 'Own')
  await contacts(300, tom, 'Other')
  const { store } = await world.machine('sue', limits(10_000))
  await vi.waitFor(async () => expect((await store.status()).copy.isWhole).toBe(true))
  await store.changeCopy(100)
  await settled(store)
  const { total: small } = await store.list({ entity: 'contact' })
  expect(small).toBeLessThan(150)
  expect((await store.status()).copy).toMatchObject({ isWhole: false, latest: 100 })
  await store.changeCopy(null)
  await vi.waitFor(async () => expect((await store.status()).copy.isWhole).toBe(true))
  expect((await store.list({ entity: 'contact' })).total).toBe(310)
})

it('drops nothing without the server, which may have lost what is here', async () => {
  await contacts(300, tom, 'Other')
  const { store } = await world.machine('sue', limits(10_000))
  await vi.waitFor(async () => expect((await store.status()).copy.isWhole).toBe(true))
  await world.stop()
  await vi.waitFor(async () => expect((await store.status()).state).toBe('offline'))
  await store.changeCopy(100)
  expect((await store.status()).copy).toMatchObject({ latest: 100 })
  expect((await store.list({ entity: 'contact' })).total).toBe(300)
  await world.start()
  await store.syncNow()
  await vi.waitFor(async () => expect((await store.status()).copy.isWhole).toBe(false))
  await vi.waitFor(async () =>
    expect((await store.list({ entity: 'contact' })).total).toBeLessThan(150),
  )
})

it('keeps nothing that was looked up once its user may not see it any more', async () => {
  const old = await world.write({
    entity: 'opportunity',
    s: { name: 'Canary deal', ownerId: tom },
  })
  await contacts(200, tom, 'Other')
  const { profile, store } = await world.machine('sue', limits(100))
  await vi.waitFor(async () => expect((await store.status()).copy.share).toBe(1))
  expect(await store.get('opportunity', old)).toMatchObject({ name: 'Canary deal' })
  expect(await everything(profile)).toContain('Canary deal')
  const { db } = world.server().services
  db.$client.prepare('update login set role = ? where user_id = ?').run('support', sue)
  // The server notices at the next word from the client.
  const set = { subject: 'Call', activityType: 'call' }
  const change = { entity: 'activity', id: newId(), create: true, set }
  await store.commit([change], { label: 'Call' })
  await vi.waitFor(async () => expect(await everything(profile)).not.toContain('Canary deal'), {
    timeout: 10_000,
  })
  expect(await store.get('opportunity', old)).toBeNull()
})
