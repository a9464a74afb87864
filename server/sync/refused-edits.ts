/** `GET /api/v1/crm/refused-edits`: what the gate keeps in quarantine, for owners and admins. */
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { z } from 'zod'
import { entityNamed } from '../../shared/features/index'
import { titleOf } from '../../shared/kernel/entity'
import { Refusal } from '../../shared/kernel/refusal'
import { newRow } from '../../shared/kernel/rules'
import { type RefusedEditOnWire, refusedEditSchema } from '../../shared/protocol/refused-edits'
import type { AuthEnv } from '../auth/authenticate'
import { device, login, quarantine } from '../db/schema'
import { checked } from '../kernel/body'
import type { Services } from '../kernel/services'

type Deps = Pick<Services, 'db' | 'records'>

const rowid = sql<number>`${quarantine}.rowid`

const listQuery = z.strictObject({
  cursor: z.coerce.number().int().min(1).optional(),
  page_size: z.coerce.number().int().min(1).max(200).default(50),
})

const editSchema = z.object({
  entity: z.string(),
  id: z.string(),
  s: z.record(z.string(), z.unknown()).catch({}),
  e: z.record(z.string(), z.unknown()).catch({}),
  x: z.record(z.string(), z.unknown()).catch({}),
})

const refusalSchema = refusedEditSchema.shape.refusal.catch({
  code: 'internal',
  detail: '',
  errors: [],
})

type Kept = {
  at: string
  n: number
  refusal: unknown
  edit: unknown
  device: string
  deviceName: string | null
  userId: string | null
  userName: string | null
}

/** A hostile edit may hold anything: what cannot be read is shown as empty. */
const editOf = (kept: unknown) =>
  editSchema.catch({ entity: '', id: '', s: {}, e: {}, x: {} }).parse(kept)

const titleFor = (
  { records }: Deps,
  workspaceId: string,
  { entity: name, id, s }: z.infer<typeof editSchema>,
): { title: string; isStored: boolean } => {
  const entity = entityNamed(name)
  if (!entity) return { title: '', isStored: false }
  const stored = records.get(workspaceId, name, id)
  const said = Object.entries(s).filter(([, value]) => typeof value === 'string')
  const row = stored?.row ?? { ...newRow(entity, id, {}), ...Object.fromEntries(said) }
  return { title: titleOf(entity, row), isStored: stored !== undefined }
}

const onWire = (deps: Deps, workspaceId: string, kept: Kept): RefusedEditOnWire => {
  const edit = editOf(kept.edit)
  const { title, isStored } = titleFor(deps, workspaceId, edit)
  return {
    at: kept.at,
    user: { id: kept.userId ?? '', name: kept.userName ?? '' },
    device: { id: kept.device, name: kept.deviceName },
    n: kept.n,
    entity: edit.entity,
    record_id: edit.id,
    title,
    is_stored: isStored,
    values: edit.s,
    changed_in_part: [...Object.keys(edit.e), ...Object.keys(edit.x)],
    refusal: refusalSchema.parse(kept.refusal),
  }
}

const shown = {
  row: rowid,
  at: quarantine.createdAt,
  n: quarantine.n,
  refusal: quarantine.refusal,
  edit: quarantine.edit,
  device: quarantine.device,
  deviceName: device.name,
  userId: device.userId,
  userName: login.name,
}

const list = (
  { db }: Deps,
  {
    workspaceId,
    before,
    limit,
  }: { workspaceId: string; before?: number | undefined; limit: number },
) =>
  db
    .select(shown)
    .from(quarantine)
    .leftJoin(
      device,
      and(eq(device.workspaceId, quarantine.workspaceId), eq(device.id, quarantine.device)),
    )
    .leftJoin(login, eq(login.userId, device.userId))
    .where(
      and(
        eq(quarantine.workspaceId, workspaceId),
        before === undefined ? undefined : lt(rowid, before),
      ),
    )
    .orderBy(desc(rowid))
    .limit(limit)
    .all()

export const createRefusedEditRoutes = (deps: Deps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.get('/refused-edits', (c) => {
    const { workspaceId, role } = c.get('principal')
    if (role !== 'owner' && role !== 'admin') throw new Refusal('auth.forbidden')
    const { cursor: before, page_size: limit } = checked(listQuery, c.req.query())
    const kept = list(deps, { workspaceId, before, limit: limit + 1 })
    const page = kept.slice(0, limit)
    return c.json({
      items: page.map((one) => onWire(deps, workspaceId, one)),
      next_cursor: kept.length > limit ? (page.at(-1)?.row ?? null) : null,
    })
  })
  return routes
}
