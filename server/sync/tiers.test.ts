/** Copies in parts: each record in one of them, read from an index, and compared as they are held. */
import zlib from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { entityNamed } from '../../shared/features/index'
import { isAlwaysKept } from '../../shared/kernel/kept'
import { decodeFrame } from '../../shared/protocol/frame'
import { type RecordTuple, recordTupleSchema } from '../../shared/protocol/sync'
import { type DemoServer, startDemoServer } from '../demo/test-demo'
import { decodeRow } from '../kernel/store/row-codec'
import type { Onlooker } from './page'
import { createPages } from './pages'
import { createView } from './view'

let demo: DemoServer
let userId: string
let pages: ReturnType<typeof createPages>
let onlooker: Onlooker
let all: RecordTuple[]

const tuplesOf = (page: Uint8Array): RecordTuple[] =>
  z.array(recordTupleSchema).parse(decodeFrame(new Uint8Array(zlib.inflateRawSync(page))))

const nameOf = ([entity, id]: RecordTuple): string => `${entity} ${id}`

const isKept = ([name, id]: RecordTuple): boolean => {
  const entity = entityNamed(name)
  const row = demo.services.db.$client
    .prepare<[string, string], string>('select row from record where entity = ? and id = ?')
    .pluck()
    .get(name, id)
  if (!entity || row === undefined) throw new Error(`there is no ${name} ${id}`)
  return isAlwaysKept(entity, decodeRow(entity, id, row), userId)
}

beforeAll(async () => {
  demo = await startDemoServer()
  const [sara] = demo.services.principals.byEmail('sales@demo.test')
  if (!sara) throw new Error('the demo has no Sara')
  userId = sara.principal.userId
  // What follows from the demo's records in the background gives them other seqs.
  await demo.services.scoring.settle()
  await demo.services.quoteNumbers.settle()
  pages = createPages(demo.services.db)
  const { workspaceId } = sara.principal
  const view = createView(demo.services.viewerOf(sara.principal))
  onlooker = { workspaceId, view }
  all = []
  for (let after = 0; ; ) {
    const page = await pages.next(onlooker, { after, limit: 5000, head: 1_000_000 }).page()
    all.push(...tuplesOf(page.records))
    if (page.done) break
    after = page.upTo
  }
})

afterAll(() => demo.stop())

const keptPages = async (upTo: number, limit: number): Promise<RecordTuple[]> => {
  const found: RecordTuple[] = []
  for (let after = 0; ; ) {
    const page = await pages.kept(onlooker, { after, upTo, limit })
    found.push(...tuplesOf(page.records))
    if (page.done) return found
    after = page.upTo
  }
}

const olderPages = async (from: number, limit: number): Promise<RecordTuple[]> => {
  const found: RecordTuple[] = []
  for (let before = from; before > 0; ) {
    const page = await pages.older(onlooker, { after: 0, before, limit })
    expect(page.downTo).toBeLessThan(before)
    found.push(...tuplesOf(page.records))
    before = page.downTo
  }
  return found
}

it.each([7, 100, 5000])('gives each record once, in pages of %i', async (limit) => {
  const floor = all.at(Math.floor(all.length * 0.9))?.[2] ?? 0
  const kept = await keptPages(floor, limit)
  const older = await olderPages(floor, limit)
  const expected = all.filter(([, , seq]) => seq <= floor)
  expect(kept.length).toBeGreaterThan(20)
  expect(older.length).toBeGreaterThan(20)
  expect([...kept, ...older].map(nameOf).sort()).toEqual(expected.map(nameOf).sort())
  expect(kept.map(nameOf)).toEqual(expected.filter(isKept).map(nameOf))
  expect(older.map(([, , seq]) => seq)).toEqual(
    expected
      .filter((tuple) => !isKept(tuple))
      .map(([, , seq]) => seq)
      .reverse(),
  )
})

it('compares what such a copy holds, and nothing else below its floor', async () => {
  const floor = all.at(Math.floor(all.length / 2))?.[2] ?? 0
  const expected = all.filter((tuple) => tuple[2] > floor || isKept(tuple))
  let count = 0
  for (let after = 0; after < 1_000_000; ) {
    const found = await pages.audit(onlooker, {
      after,
      upTo: 1_000_000,
      limit: 500,
      whole: false,
      floor,
    })
    count += found.count
    after = found.upTo
  }
  expect(count).toBe(expected.length)
  expect(count).toBeLessThan(all.length)
})

it('finds what somebody owns without reading everything', () => {
  const plan = demo.services.db.$client
    .prepare<[], { detail: string }>(
      `explain query plan select seq from record where workspace_id = '' and deleted = 0
       and json_extract(row, '$.ownerId') = '' and seq > 0 and seq <= 9 order by seq limit 5`,
    )
    .all()
    .map(({ detail }) => detail)
  expect(plan.join()).toContain('row_by_owner')
  expect(plan.join()).not.toContain('TEMP B-TREE')
})
