import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../shared/kernel/ids'
import { createWorkspace } from '../auth/logins'
import { openDatabase } from '../db/open'
import { createServices } from './services'

const db = openDatabase(':memory:')
const services = createServices({
  db,
  log: pino({ level: 'silent' }),
  jwtSecret: 'a secret of tests that is long enough',
  now: Date.now,
})
afterEach(() => db.$client.exec('delete from record'))

const here = createWorkspace(db, { name: 'Here', slug: 'here' })
const elsewhere = createWorkspace(db, { name: 'Elsewhere', slug: 'elsewhere' })
const [ada, ben, eve] = [newId(), newId(), newId()]

const write = async (workspaceId: string, entity: string, s: object, id = newId()) => {
  const actor = { workspaceId, userId: ada, role: 'owner', via: 'rest' } as const
  const [outcome] = await services.commit(actor, [{ entity, id, s: { ...s } }])
  expect(outcome?.ok).toBe(true)
  return id
}
const team = (workspaceId = here) => write(workspaceId, 'team', { name: 'A team' })
const join = (teamId: string, userId: string, workspaceId = here) =>
  write(workspaceId, 'teamMember', { teamId, userId })
const matesOf = (userId: string, role: 'sales' | 'owner' = 'sales') =>
  services.viewerOf({ workspaceId: here, userId, role }).teammates

describe('the teammates of a viewer', () => {
  it('are who shares a team with them, in whichever of their teams', async () => {
    const [north, south] = [await team(), await team()]
    await Promise.all([join(north, ada), join(south, ada), join(north, ben), join(south, eve)])
    expect(matesOf(ada)).toEqual(new Set([ada, ben, eve]))
    expect(matesOf(ben)).toEqual(new Set([ada, ben]))
  })

  it('are nobody else where there is no team, or where the role does not depend on it', async () => {
    const north = await team()
    await Promise.all([join(north, ada), join(north, ben)])
    expect(matesOf(eve)).toEqual(new Set([eve]))
    expect(matesOf(ada, 'owner')).toEqual(new Set([ada]))
  })

  it('end with the membership, and with the team', async () => {
    const [north, south] = [await team(), await team()]
    const left = await join(north, ben)
    await Promise.all([join(north, ada), join(south, ada), join(south, eve)])
    const deletedAt = new Date().toISOString()
    await write(here, 'teamMember', { deletedAt }, left)
    await write(here, 'team', { deletedAt }, south)
    expect(matesOf(ada)).toEqual(new Set([ada]))
  })

  it('are of the same workspace', async () => {
    const [north, foreign] = [await team(), await team(elsewhere)]
    await Promise.all([
      join(north, ada),
      join(foreign, ada, elsewhere),
      join(foreign, eve, elsewhere),
    ])
    expect(matesOf(ada)).toEqual(new Set([ada]))
  })
})
