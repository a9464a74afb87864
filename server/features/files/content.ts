/** `/files/{id}/content`: what stands in a file, apart from its record and kept by its SHA-256. */
import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { type Context, Hono } from 'hono'
import { entities } from '../../../shared/features/index'
import { Refusal } from '../../../shared/kernel/refusal'
import type { AuthEnv } from '../../auth/authenticate'
import { systemActor } from '../../auth/logins'
import type { Db } from '../../db/open'
import { fileContent } from '../../db/schema'
import { type CrudDeps, createRequestTools, requireAccepted, requireRight } from '../../kernel/crud'

type Deps = CrudDeps & { db: Db }

const entity = entities.file

const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** The name for the header, also where it is not Latin (RFC 6266, RFC 8187). */
const disposition = (name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

const keyOf = (workspaceId: string, sha256: string) =>
  and(eq(fileContent.workspaceId, workspaceId), eq(fileContent.sha256, sha256))

const upload = async (deps: Deps, c: Context<AuthEnv>, id: string): Promise<Response> => {
  requireRight(c, 'update', entity)
  const { workspaceId } = c.get('principal')
  // Also of a deleted one, which may come back.
  const { row } = await createRequestTools(deps, c).visible(entity, id, true)
  const content = Buffer.from(await c.req.arrayBuffer())
  const sha256 = sha256Of(content)
  if (sha256 !== row.sha256 || content.length !== row.size)
    throw new Refusal('record.invalid', {
      detail: 'The content is not the one that the record tells of.',
      errors: [
        { path: 'sha256', message: `of the content is ${sha256}` },
        { path: 'size', message: `of the content is ${content.length}` },
      ],
    })
  // First the content, then the word that it is there: a crash in between only means sending it again.
  deps.db.insert(fileContent).values({ workspaceId, sha256, content }).onConflictDoNothing().run()
  if (row.uploadedAt === null) {
    const uploadedAt = new Date(deps.now()).toISOString()
    const edit = { entity: entity.name, id, mustExist: true, s: { uploadedAt } }
    requireAccepted((await deps.commit(systemActor(workspaceId, ''), [edit])).at(-1))
  }
  return c.body(null, 204)
}

const download = async (deps: Deps, c: Context<AuthEnv>, id: string): Promise<Response> => {
  requireRight(c, 'read', entity)
  const { workspaceId } = c.get('principal')
  const { row } = await createRequestTools(deps, c).visible(entity, id)
  const found = deps.db
    .select()
    .from(fileContent)
    .where(keyOf(workspaceId, String(row.sha256)))
    .get()
  if (!found)
    throw new Refusal('record.missing', { detail: 'The content has not been uploaded yet.' })
  return c.body(new Uint8Array(found.content), 200, {
    // Never what it claims to be: nothing that was uploaded is to run in anybody's browser.
    'content-type': 'application/octet-stream',
    'content-disposition': disposition(String(row.name)),
    'content-security-policy': "sandbox; default-src 'none'",
    etag: `"${row.sha256}"`,
  })
}

/** The way in and out for contents; records of files have the routes that every entity has. */
export const createFileRoutes = (deps: Deps): Hono<AuthEnv> =>
  new Hono<AuthEnv>()
    .put('/files/:id/content', (c) => upload(deps, c, c.req.param('id')))
    .get('/files/:id/content', (c) => download(deps, c, c.req.param('id')))
