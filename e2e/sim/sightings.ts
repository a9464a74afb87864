/** Who could see which record at some time: a copy holds nothing else of what others made. */
import { heartbeatMs } from '../../server/sync/hub'
import type { View } from '../../server/sync/view'
import type { Held } from './checks'
import type { Computer } from './computer'
import { recordOf } from './ledger'
import { entitiesInUse } from './people'

type Deps = {
  users: readonly string[]
  /** What somebody may see with a role, without one as things stand. */
  viewOf: (userId: string, role?: string) => View
  now: () => number
  /** All that the server holds. */
  held: () => readonly Pick<Held, 'entity' | 'id' | 'row'>[]
}

/** Whoever only listens is looked at this often: so long they may hear what their role showed. */
const heardForMs = 2 * heartbeatMs

export const createSightings = ({ users, viewOf, now, held }: Deps) => {
  const lost: { userId: string; role: string; untilMs: number }[] = []
  const seen = new Map(users.map((userId) => [userId, new Set<string>()]))

  const note = (records: readonly Pick<Held, 'entity' | 'id' | 'row'>[]): void => {
    for (const [userId, names] of seen) {
      const roles = lost.filter((one) => one.userId === userId && one.untilMs >= now())
      const views = [viewOf(userId), ...roles.map(({ role }) => viewOf(userId, role))]
      for (const record of records)
        if (views.some((view) => view.sees(record.entity, record.row))) names.add(recordOf(record))
    }
  }

  return {
    /** Records as they have just been written. */
    note,
    /** The whole database has changed. */
    noteAll: () => note(held()),
    /** Somebody has another role now. */
    roleChanged: (userId: string, before: string) => {
      lost.push({ userId, role: before, untilMs: now() + heardForMs })
      note(held())
    },
    /** What somebody's computer holds they saw, or are about to send. */
    check: ({ name, person, disk }: Computer, say: (text: string) => void): void => {
      if (disk.isWriting()) return
      const mine = new Set(disk.outbox().map(recordOf))
      for (const entity of entitiesInUse)
        for (const { id } of disk.rows(entity)) {
          const record = recordOf({ entity, id })
          if (!mine.has(record) && !seen.get(person.userId)?.has(record))
            say(`${name} holds a ${entity} that its user never could see`)
        }
    },
  }
}
