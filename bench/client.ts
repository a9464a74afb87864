/** A fresh client: records per second into IndexedDB, beside bare Dexie writing the same rows. */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { fillFolder, openBrowser, serveFolder, signIn, upToDate } from './browser'
import { type Benchmark, compared, plain } from './result'

const dexieFile = createRequire(import.meta.url).resolve('dexie/dist/dexie.min.js')

type Bare = { rows: number; seconds: number }

/** Copies all rows that the client stored into a second database with the same indexes, by bare `bulkPut`. */
const bareBulkPut = async (page: Page): Promise<Bare> => {
  await page.addScriptTag({ content: fs.readFileSync(dexieFile, 'utf8') })
  return page.evaluate(async () => {
    type Table = {
      name: string
      schema: { primKey: { src: string }; indexes: { src: string }[] }
      toArray: () => Promise<object[]>
      bulkPut: (rows: object[]) => Promise<unknown>
    }
    type Database = {
      open: () => Promise<unknown>
      tables: Table[]
      table: (name: string) => Table
      version: (version: number) => { stores: (stores: Record<string, string>) => void }
      delete: () => Promise<void>
      close: () => void
    }
    const { Dexie } = globalThis as unknown as { Dexie: new (name: string) => Database }
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const found = []
    for (const name of names) {
      const database = new Dexie(name)
      await database.open()
      if (database.tables.some((table) => table.name.includes('contact'))) found.push(database)
      else database.close()
    }
    const [source] = found
    if (!source) throw new Error('the client stored nothing')
    const tables = source.tables.filter(({ name }) => name.startsWith('rows_'))
    const copies: { name: string; rows: object[] }[] = []
    for (const table of tables) {
      const blocks = await source.table(table.name.replace('rows_', 'blocks_')).toArray()
      const packed = blocks.flatMap((block) => (block as { rows: object[] }).rows)
      copies.push({ name: table.name, rows: [...packed, ...(await table.toArray())] })
    }
    const target = new Dexie('bare')
    target
      .version(1)
      .stores(
        Object.fromEntries(
          tables.map(({ name, schema }) => [
            name,
            [schema.primKey.src, ...schema.indexes.map(({ src }) => src)].join(','),
          ]),
        ),
      )
    await target.open()
    const start = performance.now()
    let rows = 0
    for (const copy of copies)
      for (let from = 0; from < copy.rows.length; from += 1000) {
        const chunk = copy.rows.slice(from, from + 1000)
        await target.table(copy.name).bulkPut(chunk)
        rows += chunk.length
      }
    const seconds = (performance.now() - start) / 1000
    await target.delete()
    return { rows, seconds }
  })
}

export const clientBootstrap: Benchmark = {
  name: 'client',
  records: [10_000],
  run: async ({ records, report }) => {
    const folder = await fillFolder(records)
    const server = await serveFolder(folder)
    // A folder that was just filled is indexed for search first, which is no part of a sign-in.
    await server.quiet()
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-profile-'))
    const context = await openBrowser(profile)
    const page = context.pages()[0] ?? (await context.newPage())
    await signIn(page, `http://localhost:${server.port}/contacts`)
    const start = performance.now()
    await page.getByRole('grid').getByRole('link').first().waitFor()
    const firstTier = performance.now() - start
    await upToDate(page)
    const seconds = (performance.now() - start) / 1000
    const bare = await bareBulkPut(page)
    report(plain({ name: 'client.first-tier', value: firstTier, unit: 'ms', records }))
    report(
      compared(
        { name: 'client.bootstrap', value: bare.rows / seconds, unit: 'records/s', records },
        bare.rows / bare.seconds,
      ),
    )
    await context.close()
    await server.stop()
    for (const used of [folder, profile]) fs.rmSync(used, { recursive: true, force: true })
  },
}
