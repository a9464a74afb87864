/** Numbered edits of devices: what was decided already, and what was refused and why. */
import { and, eq, sql } from 'drizzle-orm'
import { Refusal, type RefusalInfo, refusals } from '../../../shared/kernel/refusal'
import type { Db } from '../../db/open'
import { device, quarantine } from '../../db/schema'
import type { Actor, EditInput } from '../ports'

const printable = (edit: EditInput): unknown =>
  JSON.parse(
    JSON.stringify(edit, (_, value: unknown) =>
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
    ),
  )

/** The last edit of a device that was decided on; 0 and no stamp before the first. */
export type Decided = { n: number; stamp: string | null }

/** The books of devices; all calls happen inside the gate's transaction. */
export const createDeviceBook = (deps: { db: Db; now: () => number }) => {
  const statements = {
    get: deps.db
      .select({ n: device.decided, stamp: device.decidedStamp, userId: device.userId })
      .from(device)
      .where(
        and(
          eq(device.workspaceId, sql.placeholder('workspaceId')),
          eq(device.id, sql.placeholder('id')),
        ),
      )
      .prepare(),
  }
  const upsert = deps.db
    .insert(device)
    .values({
      workspaceId: sql.placeholder('workspaceId'),
      id: sql.placeholder('id'),
      userId: sql.placeholder('userId'),
      decided: sql.placeholder('decided'),
      decidedStamp: sql.placeholder('decidedStamp'),
      lastSeenAt: sql.placeholder('lastSeenAt'),
    })
    .onConflictDoUpdate({
      target: [device.workspaceId, device.id],
      set: {
        decided: sql`excluded.decided`,
        decidedStamp: sql`excluded.decided_stamp`,
        lastSeenAt: sql`excluded.last_seen_at`,
      },
    })
    .prepare()
  return {
    /**
     * The last edit decided. Device ids stand in every stamp, so
     * colleagues know them: one who pushed under a foreign id would use up its numbers.
     */
    decided: (workspaceId: string, id: string, userId: string): Decided => {
      const found = statements.get.get({ workspaceId, id })
      if (found && found.userId !== userId)
        throw new Refusal('auth.forbidden', { detail: 'This device belongs to somebody else.' })
      return { n: found?.n ?? 0, stamp: found?.stamp ?? null }
    },
    decide: (actor: Actor, id: string, { n, stamp }: Decided): void => {
      upsert.run({
        workspaceId: actor.workspaceId,
        id,
        userId: actor.userId,
        decided: n,
        decidedStamp: stamp,
        lastSeenAt: deps.now(),
      })
    },
    /** Keeps a refused edit whole, so that it can be looked into and its answer repeated. */
    refuse: (actor: Actor, edit: EditInput, refusal: RefusalInfo): void => {
      if (actor.device === undefined || edit.n === undefined) return
      deps.db
        .insert(quarantine)
        .values({
          workspaceId: actor.workspaceId,
          device: actor.device,
          n: edit.n,
          refusal,
          edit: printable(edit),
        })
        .onConflictDoNothing()
        .run()
    },
    refusalOf: (workspaceId: string, id: string, n: number): RefusalInfo | undefined => {
      const kept = deps.db
        .select({ refusal: quarantine.refusal })
        .from(quarantine)
        .where(
          and(
            eq(quarantine.workspaceId, workspaceId),
            eq(quarantine.device, id),
            eq(quarantine.n, n),
          ),
        )
        .get()?.refusal
      return isRefusalInfo(kept) ? kept : undefined
    },
  }
}

const isRefusalInfo = (value: unknown): value is RefusalInfo =>
  typeof value === 'object' && value !== null && 'code' in value && String(value.code) in refusals
