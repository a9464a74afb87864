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

/** The books of devices; all calls happen inside the gate's transaction. */
export const createDeviceBook = (deps: { db: Db; now: () => number }) => {
  const statements = {
    get: deps.db
      .select({ decided: device.decided, userId: device.userId })
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
      lastSeenAt: sql.placeholder('lastSeenAt'),
    })
    .onConflictDoUpdate({
      target: [device.workspaceId, device.id],
      set: {
        decided: sql`max(${device.decided}, excluded.decided)`,
        lastSeenAt: sql`excluded.last_seen_at`,
      },
    })
    .prepare()
  return {
    /**
     * The greatest number decided; 0 for a device never seen. Device ids stand in every stamp, so
     * colleagues know them: one who pushed under a foreign id would use up its numbers.
     */
    decided: (workspaceId: string, id: string, userId: string): number => {
      const found = statements.get.get({ workspaceId, id })
      if (found && found.userId !== userId)
        throw new Refusal('auth.forbidden', { detail: 'This device belongs to somebody else.' })
      return found?.decided ?? 0
    },
    decide: (actor: Actor, id: string, decided: number): void => {
      upsert.run({
        workspaceId: actor.workspaceId,
        id,
        userId: actor.userId,
        decided,
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
