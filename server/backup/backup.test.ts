import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../shared/kernel/ids'
import { createLogin, createWorkspace } from '../auth/logins'
import { openDatabase } from '../db/open'
import { readSettings } from '../env'
import { createServices, type Services } from '../kernel/services'
import { backUp } from './backup'
import { restore } from './restore'

const world = { folder: '', services: undefined as Services | undefined, actor: '', workspace: '' }
const settings = () => readSettings({ DATA_DIR: path.join(world.folder, 'data') })
const file = (name = 'copy.backup') => path.join(world.folder, name)
const quietly = { force: false, withSecrets: false }

const open = (): Services => {
  world.services = createServices({
    db: openDatabase(settings().databaseFile),
    log: pino({ level: 'silent' }),
    jwtSecret: 'a secret of tests that is long enough',
    now: Date.now,
    passwordCost: { N: 2 ** 10, r: 8, p: 1 },
  })
  return world.services
}

const stop = async () => {
  await world.services?.close()
  world.services = undefined
}

const running = (): Services => {
  if (!world.services) throw new Error('the server does not run')
  return world.services
}

const write = async (count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, () => newId())
  await running().commit(
    { workspaceId: world.workspace, userId: world.actor, role: 'owner', via: 'rest' },
    ids.map((id) => ({ entity: 'contact', id, s: { firstName: id } })),
  )
  return ids
}

const recordIds = (database: string): Set<unknown> => {
  const client = new Sqlite(database, { readonly: true })
  const ids = new Set(client.prepare('select id from record').pluck().all())
  client.close()
  return ids
}

beforeEach(async () => {
  world.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-backup-'))
  const services = open()
  world.workspace = createWorkspace(services.db, { name: 'Demo', slug: 'demo' })
  const login = { name: 'Ada', email: 'ada@demo.test', password: 'correct horse battery' }
  world.actor = await createLogin(services, {
    workspaceId: world.workspace,
    role: 'owner',
    ...login,
  })
})

afterEach(async () => {
  await stop()
  fs.rmSync(world.folder, { recursive: true, force: true })
})

describe('a backup', () => {
  it('holds all that was acknowledged before it began, and ends while others write', async () => {
    const before = await write(3000)
    const state = { writing: true, during: 0 }
    const writer = (async () => {
      while (state.writing) state.during += (await write(50)).length
    })()
    const progress: number[] = []
    await backUp(settings(), {
      ...quietly,
      file: file(),
      onProgress: (done) => progress.push(done),
    })
    state.writing = false
    await writer
    expect(state.during).toBeGreaterThan(0)
    expect(progress.length).toBeGreaterThan(0)
    const ids = recordIds(file())
    expect(before.filter((id) => !ids.has(id))).toEqual([])
  })

  it('is one file that only its owner may read', async () => {
    await write(1)
    await backUp(settings(), { ...quietly, file: file() })
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600)
    expect(fs.readdirSync(world.folder).sort()).toEqual(['copy.backup', 'data'])
  })

  it('replaces no file unless it is told to', async () => {
    fs.writeFileSync(file(), 'precious')
    await expect(backUp(settings(), { ...quietly, file: file() })).rejects.toThrow('--force')
    expect(fs.readFileSync(file(), 'utf8')).toBe('precious')
    await backUp(settings(), { ...quietly, file: file(), force: true })
    expect(recordIds(file()).size).toBeGreaterThan(0)
  })

  it('never becomes the database itself', async () => {
    const { databaseFile } = settings()
    await expect(
      backUp(settings(), { ...quietly, file: databaseFile, force: true }),
    ).rejects.toThrow('the database itself')
  })

  it('holds attached files, but secrets only where they are asked for', async () => {
    const { dataDir } = settings()
    fs.mkdirSync(path.join(dataDir, 'blobs/ab'), { recursive: true })
    fs.writeFileSync(path.join(dataDir, 'blobs/ab/cd'), 'a picture')
    fs.writeFileSync(path.join(dataDir, 'jwt-secret'), 'the secret')
    const packed = (name: string) => {
      const client = new Sqlite(name, { readonly: true })
      const paths = client.prepare('select path from backup_file order by path').pluck().all()
      client.close()
      return paths
    }
    await backUp(settings(), { ...quietly, file: file('plain') })
    await backUp(settings(), { file: file('full'), force: false, withSecrets: true })
    expect(packed(file('plain'))).toEqual(['blobs/ab/cd'])
    expect(packed(file('full'))).toEqual(['blobs/ab/cd', 'jwt-secret'])
  })

  it('says where it looked when there is no database', async () => {
    await expect(
      backUp({ ...settings(), databaseFile: file('none.sqlite') }, { ...quietly, file: file() }),
    ).rejects.toThrow('--data DIR')
  })
})

const epochOf = (): unknown => {
  const client = new Sqlite(settings().databaseFile, { readonly: true })
  const epoch = client.prepare('select epoch from workspace').pluck().get()
  client.close()
  return epoch
}

describe('a restore', () => {
  it('brings back the records of the backup under a new epoch and keeps what it replaces', async () => {
    const kept = await write(20)
    await backUp(settings(), { ...quietly, file: file() })
    const later = await write(5)
    await stop()
    const epoch = epochOf()
    const report = restore(settings(), { file: file() })
    expect(epochOf()).not.toBe(epoch)
    const ids = recordIds(settings().databaseFile)
    expect(kept.every((id) => ids.has(id))).toBe(true)
    expect(later.some((id) => ids.has(id))).toBe(false)
    const replaced = recordIds(report.keptAs ?? '')
    expect(later.every((id) => replaced.has(id))).toBe(true)
    open()
    expect(await write(1)).toHaveLength(1)
  })

  it('refuses while a server runs and changes nothing', async () => {
    await write(1)
    await backUp(settings(), { ...quietly, file: file() })
    const later = await write(1)
    expect(() => restore(settings(), { file: file() })).toThrow('A server is running')
    expect(recordIds(settings().databaseFile).has(later[0])).toBe(true)
    expect(await write(1)).toHaveLength(1)
  })

  it('refuses a damaged backup and leaves the database alone', async () => {
    await write(2000)
    await backUp(settings(), { ...quietly, file: file() })
    await stop()
    const epoch = epochOf()
    const handle = fs.openSync(file(), 'r+')
    const { size } = fs.fstatSync(handle)
    fs.writeSync(handle, Buffer.alloc(Math.floor(size / 2), 7), 0, Math.floor(size / 2), 8192)
    fs.closeSync(handle)
    expect(() => restore(settings(), { file: file() })).toThrow(/damaged|cannot be read/)
    expect(epochOf()).toBe(epoch)
  })

  it('refuses files that are no backup', async () => {
    await stop()
    fs.writeFileSync(file('text'), 'this is no database at all, but long enough to be looked at')
    expect(() => restore(settings(), { file: file('text') })).toThrow('cannot be read as a backup')
    expect(() => restore(settings(), { file: settings().databaseFile })).toThrow('not a backup')
    expect(() => restore(settings(), { file: file('none') })).toThrow('There is no backup')
  })

  it('works where there is no database, or one that is beyond reading', async () => {
    const [id] = await write(1)
    await backUp(settings(), { ...quietly, file: file() })
    await stop()
    fs.writeFileSync(settings().databaseFile, 'ruined beyond all reading, and long enough')
    expect(restore(settings(), { file: file() }).keptSignIns).toBe(false)
    expect(recordIds(settings().databaseFile).has(id)).toBe(true)
    const elsewhere = readSettings({ DATA_DIR: file('elsewhere') })
    expect(restore(elsewhere, { file: file() }).keptAs).toBeUndefined()
    expect(recordIds(elsewhere.databaseFile).has(id)).toBe(true)
  })

  it('brings attached files back and keeps those that came later', async () => {
    const blobs = path.join(settings().dataDir, 'blobs')
    fs.mkdirSync(blobs, { recursive: true })
    fs.writeFileSync(path.join(blobs, 'early'), 'early')
    await backUp(settings(), { ...quietly, file: file() })
    await stop()
    fs.rmSync(path.join(blobs, 'early'))
    fs.writeFileSync(path.join(blobs, 'late'), 'late')
    restore(settings(), { file: file() })
    expect(fs.readdirSync(blobs).sort()).toEqual(['early', 'late'])
  })

  it('keeps people signed in and brings no ended sign-in back to life', async () => {
    const { sessions } = running()
    const ended = sessions.start(world.actor)
    await backUp(settings(), { ...quietly, file: file() })
    sessions.revoke(ended.family)
    const later = sessions.start(world.actor)
    await stop()
    expect(restore(settings(), { file: file() }).keptSignIns).toBe(true)
    const again = open().sessions
    expect(() => again.rotate(ended.refreshToken)).toThrow()
    expect(again.rotate(later.refreshToken).family).toBe(later.family)
  })
})
