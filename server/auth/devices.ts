/** Devices: which profiles of which machines hold a copy, and the end of one that was lost. */
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { Refusal } from '../../shared/kernel/refusal'
import type { Db } from '../db/open'
import { device, login, session } from '../db/schema'

/** A device as it comes: whose, by which sign-in, and what it says of itself. */
type Arrival = {
  workspaceId: string
  id: string
  userId: string
  family: string | null
  name: string | null
}

/** Whose devices are meant; without a user those of the whole workspace. */
type Whose = { workspaceId: string; userId: string | undefined }

const shown = {
  id: device.id,
  name: device.name,
  userId: device.userId,
  userName: login.name,
  family: device.family,
  lastSeenAt: device.lastSeenAt,
  revokedAt: device.revokedAt,
  toldAt: device.toldAt,
}

export type KnownDevice = {
  id: string
  name: string | null
  userId: string
  userName: string
  family: string | null
  lastSeenAt: number
  revokedAt: number | null
  toldAt: number | null
}

/** The register of devices. */
export const createDevices = ({ db, now }: { db: Db; now: () => number }) => {
  const whose = ({ workspaceId, userId }: Whose, id: string) =>
    and(
      eq(device.workspaceId, workspaceId),
      eq(device.id, id),
      userId === undefined ? undefined : eq(device.userId, userId),
    )
  const found = (of: Whose, id: string) => {
    const one = db.select().from(device).where(whose(of, id)).get()
    if (!one) throw new Refusal('record.missing')
    return one
  }

  return {
    /** Takes down that a device came; throws `device.revoked` where it was sent away for good. */
    meet: ({ workspaceId, id, userId, family, name }: Arrival): void => {
      const of = whose({ workspaceId, userId }, id)
      const known = db.select({ revokedAt: device.revokedAt }).from(device).where(of).get()
      if (known && known.revokedAt !== null) {
        db.update(device).set({ toldAt: now() }).where(of).run()
        throw new Refusal('device.revoked')
      }
      const seen = { lastSeenAt: now(), family, name }
      if (known) db.update(device).set(seen).where(of).run()
      else
        db.insert(device)
          .values({ workspaceId, id, userId, ...seen })
          .onConflictDoNothing()
          .run()
    },
    /** Why a sign-in is over, where that is because its device was revoked; it learns of that here. */
    endOf: (family: string): Refusal | undefined => {
      const { changes } = db
        .update(device)
        .set({ toldAt: now() })
        .where(and(eq(device.family, family), isNotNull(device.revokedAt)))
        .run()
      return changes > 0 ? new Refusal('device.revoked') : undefined
    },
    /** Those seen last first. */
    list: ({ workspaceId, userId }: Whose): KnownDevice[] =>
      db
        .select(shown)
        .from(device)
        .innerJoin(login, eq(login.userId, device.userId))
        .where(
          and(
            eq(device.workspaceId, workspaceId),
            userId === undefined ? undefined : eq(device.userId, userId),
          ),
        )
        .orderBy(desc(device.lastSeenAt))
        .all(),
    /** Ends a device and its sign-in; throws `record.missing`. */
    revoke: (of: Whose, id: string, revokedBy: string): void => {
      const { family, revokedAt } = found(of, id)
      if (revokedAt !== null) return
      const at = now()
      db.transaction((tx) => {
        tx.update(device).set({ revokedAt: at, revokedBy, toldAt: null }).where(whose(of, id)).run()
        if (family !== null)
          tx.update(session)
            .set({ revokedAt: at })
            .where(and(eq(session.family, family), isNull(session.revokedAt)))
            .run()
      })
    },
    /** Takes a revocation back as long as the device has not learned of it; throws `device.told`. */
    restore: (of: Whose, id: string): void => {
      const { family, revokedAt, toldAt } = found(of, id)
      if (revokedAt === null) return
      if (toldAt !== null) throw new Refusal('device.told')
      db.transaction((tx) => {
        tx.update(device).set({ revokedAt: null, revokedBy: null }).where(whose(of, id)).run()
        if (family !== null)
          tx.update(session)
            .set({ revokedAt: null })
            .where(and(eq(session.family, family), eq(session.revokedAt, revokedAt)))
            .run()
      })
    },
  }
}

export type Devices = ReturnType<typeof createDevices>
