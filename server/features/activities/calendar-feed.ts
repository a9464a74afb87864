/**
 * `/api/v1/calendar`: a link that calendar programs subscribe to. They cannot sign in, so the link is
 * the secret: whoever has it reads one person's open activities, nothing else. Only its hash is kept.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { type Context, Hono } from 'hono'
import { toCalendarFile } from '../../../shared/features/activities/ical'
import { entities } from '../../../shared/features/index'
import type { AnyRow } from '../../../shared/kernel/entity'
import { Refusal } from '../../../shared/kernel/refusal'
import { type AuthEnv, type Authenticate, requireAuth } from '../../auth/authenticate'
import type { createPrincipals } from '../../auth/logins'
import { hashToken, randomToken } from '../../auth/tokens'
import type { Db } from '../../db/open'
import { setting } from '../../db/schema'
import type { FilterCondition, RecordReader } from '../../kernel/ports'

type Deps = {
  db: Db
  reader: RecordReader
  authenticate: Authenticate
  principals: ReturnType<typeof createPrincipals>
  now: () => number
}

const base = '/api/v1/calendar'
/** How long what is over stays in the calendar. */
const pastMs = 90 * 24 * 3600_000
const mostEvents = 5000

const keyOf = (userId: string): string => `calendar:${userId}`

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}

/** Open activities of one person, and what was done lately. */
const activitiesOf = async (
  { reader, now }: Deps,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<AnyRow[]> => {
  const where: FilterCondition[] = [
    { field: 'ownerId', operator: 'eq', value: userId },
    { field: 'status', operator: 'ne', value: 'cancelled' },
    { field: 'dueDate', operator: 'gte', value: new Date(now() - pastMs).toISOString() },
  ]
  const sort = [{ field: 'dueDate', descending: false }]
  const rows: AnyRow[] = []
  let cursor: string | null = null
  do {
    const position: { cursor?: string } = cursor === null ? {} : { cursor }
    const query = { entity: entities.activity, where, sort, limit: 500, ...position }
    const page = await reader.list(workspaceId, query)
    rows.push(...page.records.map(({ row }) => row))
    cursor = page.nextCursor
  } while (cursor !== null && rows.length < mostEvents)
  return rows
}

const answerFile = (c: Context, text: string): Response => {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  // What calendars ask for every few minutes has rarely changed.
  if (c.req.header('if-none-match') === etag) return c.body(null, 304)
  return c.body(text, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'private, max-age=300',
    etag,
  })
}

/** The routes: for whoever is signed in to manage the link, and the link itself. */
export const createCalendarRoutes = (deps: Deps): Hono<AuthEnv> => {
  const { db } = deps
  const routes = new Hono<AuthEnv>()
  const stored = (userId: string): string | undefined =>
    db
      .select()
      .from(setting)
      .where(eq(setting.name, keyOf(userId)))
      .get()?.value
  const signedIn = requireAuth(deps.authenticate)

  routes.get('/', signedIn, (c) =>
    c.json({ active: stored(c.get('principal').userId) !== undefined }),
  )
  routes.post('/', signedIn, (c) => {
    const { userId } = c.get('principal')
    const secret = randomToken('')
    const value = hashToken(secret)
    db.insert(setting)
      .values({ name: keyOf(userId), value })
      .onConflictDoUpdate({ target: setting.name, set: { value } })
      .run()
    // The only time that the link is shown; the one before it has ended.
    return c.json({ path: `${base}/${userId}/${secret}.ics` }, 201)
  })
  routes.delete('/', signedIn, (c) => {
    db.delete(setting)
      .where(eq(setting.name, keyOf(c.get('principal').userId)))
      .run()
    return c.body(null, 204)
  })
  routes.get('/:userId/:file', async (c) => {
    const userId = c.req.param('userId')
    const known = stored(userId)
    const given = hashToken(c.req.param('file').replace(/\.ics$/, ''))
    const principal =
      known !== undefined && isSame(known, given) ? deps.principals.byId(userId) : undefined
    if (!principal) throw new Refusal('request.not-found')
    const { origin } = new URL(c.req.url)
    const rows = await activitiesOf(deps, principal)
    const linkOf = (id: string): string => `${origin}/activities/${id}`
    return answerFile(c, toCalendarFile(rows, { name: principal.name, linkOf }))
  })
  return routes
}
