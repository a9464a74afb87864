import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCheckpoints } from './checkpoints'
import { type Db, openDatabase } from './open'
import { setting } from './schema'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-checkpoints-'))
const file = path.join(folder, 'roadbook.sqlite')
const log = pino({ level: 'silent' })
const limitOf = (db: Db) => db.$client.pragma('wal_autocheckpoint', { simple: true })
const write = (db: Db, value: string) => db.insert(setting).values({ name: value, value }).run()

describe('checkpoints', () => {
  let db: Db
  beforeAll(() => {
    db = openDatabase(file)
  })
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

  it('bring what was committed into the file while the writer holds it open', async () => {
    write(db, 'written-while-open')
    expect(fs.readFileSync(file).includes('written-while-open')).toBe(false)
    const checkpoints = startCheckpoints(db, log)
    await expect
      .poll(() => fs.readFileSync(file).includes('written-while-open'), { timeout: 20_000 })
      .toBe(true)
    await checkpoints.stop()
  })

  it('are left to the writer again when their thread cannot go on', async () => {
    const usual = limitOf(db)
    fs.renameSync(file, `${file}.away`)
    const checkpoints = startCheckpoints(db, log)
    expect(limitOf(db)).toBeGreaterThan(Number(usual))
    await checkpoints.stop()
    fs.renameSync(`${file}.away`, file)
    expect(limitOf(db)).toBe(usual)
    db.$client.close()
  })

  it('need no thread for a database in memory', async () => {
    const memory = openDatabase(':memory:')
    await startCheckpoints(memory, log).stop()
    memory.$client.close()
  })
})
