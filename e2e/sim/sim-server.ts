/**
 * The real gate, store and hub over a database in memory that outlives the process that serves it.
 * Only the outermost parts are stood in for: HTTP, passwords and signatures, which need threads.
 */
import zlib from 'node:zlib'
import { eq } from 'drizzle-orm'
import { createAuthenticate } from '../../server/auth/authenticate'
import { createDevices } from '../../server/auth/devices'
import { createPrincipals } from '../../server/auth/logins'
import { createSessions, type Granted } from '../../server/auth/sessions'
import { accessTokenS, type Claims } from '../../server/auth/tokens'
import { userOnWire, workspaceOnWire } from '../../server/auth/wire'
import type { Db } from '../../server/db/open'
import { login, workspace } from '../../server/db/schema'
import { createCommit, type Written } from '../../server/kernel/commit/commit'
import type { Actor, Commit, EditInput, EditOutcome } from '../../server/kernel/ports'
import { createReader } from '../../server/kernel/store/reader'
import { createRecordTable } from '../../server/kernel/store/records'
import { createViewers } from '../../server/kernel/viewers'
import { createHub } from '../../server/sync/hub'
import { createLookup } from '../../server/sync/lookup'
import { createPages } from '../../server/sync/pages'
import type { Role } from '../../shared/kernel/access'
import { newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import { lookupSchema } from '../../shared/protocol/lookup'
import type { Loop } from './loop'
import type { Call, Serving } from './network'
import { badPrefix } from './people'
import { log, openBytes, type Template } from './template'
import type { Variant } from './variant'

/** What the gate decided, told the moment it is durable and before anybody else learns of it. */
export type Decision = { actor: Actor; edit: EditInput; outcome: EditOutcome; at: number }

type Deps = {
  loop: Loop
  template: Template
  variant: Variant
  onDecided: (decisions: Decision[]) => void
  onDrop: (serving: Serving) => void
  onError: (error: unknown) => void
}

/** Tokens that say what they mean: nobody in here forges any. */
const createPlainTokens = (now: () => number) => ({
  sign: async (claims: Omit<Claims, 'expiresAtS'>): Promise<string> =>
    JSON.stringify({ ...claims, expiresAtS: Math.floor(now() / 1000) + accessTokenS }),
  verify: async (token: string): Promise<Claims> => {
    const claims = JSON.parse(token) as Claims
    if (claims.expiresAtS * 1000 <= now()) throw new Refusal('auth.expired')
    return claims
  },
})

/** An answer whose body is there at once: a real one is read by streams, in their own time. */
const answer = (body: object, status = 200): Response =>
  Object.assign(new Response(null, { status, headers: { 'content-type': 'application/json' } }), {
    json: async () => body,
  })

const problem = (error: unknown): Response => {
  if (!(error instanceof Refusal)) throw error
  return answer({ code: error.code, detail: error.message }, error.status)
}

/** A value that the server's checks refuse and the client's do not, as after a change of the rules. */
const spoiled = (edit: EditInput): EditInput => {
  const values = Object.entries(edit.s).map(([name, value]) =>
    String(value).startsWith(badPrefix) ? [name, { not: 'a value' }] : [name, value],
  )
  return { ...edit, s: Object.fromEntries(values) }
}

export const createSimServer = (deps: Deps) => {
  const { loop, variant } = deps
  const state = {
    db: openBytes(deps.template.bytes),
    serving: undefined as Serving | undefined,
    generation: 0,
  }

  const createAnswers = (db: Db, look: (call: Call) => Promise<Response>) => {
    const devices = createDevices({ db, now: loop.now })
    const sessions = createSessions({ db, now: loop.now, devices })
    const principals = createPrincipals(db)
    const grant = ({ refreshToken, family, userId }: Granted): Response => {
      const principal = principals.byId(userId)
      if (!principal) throw new Refusal('auth.expired')
      const { workspaceId } = principal
      const expiresAtS = Math.floor(loop.now() / 1000) + accessTokenS
      return answer({
        access_token: JSON.stringify({ userId, workspaceId, family, expiresAtS }),
        refresh_token: refreshToken,
        expires_in: accessTokenS,
        user: userOnWire(principal),
        workspace: workspaceOnWire(principal),
      })
    }
    return async (call: Call): Promise<Response> => {
      const { path, body } = call
      try {
        if (path.endsWith('/lookup')) return await look(call)
        const input = JSON.parse(body) as { email: string; refresh_token: string }
        if (path.endsWith('/refresh')) return grant(sessions.rotate(input.refresh_token))
        const [found] = principals.byEmail(input.email)
        if (!found) throw new Refusal('auth.invalid')
        return grant(sessions.start(found.principal.userId))
      } catch (error) {
        return problem(error)
      }
    }
  }

  const watched =
    (commit: Commit): Commit =>
    async (actor, edits) => {
      const outcomes = await commit(actor, edits)
      deps.onDecided(
        edits.flatMap((edit, index) => {
          const outcome = outcomes[index]
          return outcome ? [{ actor, edit, outcome, at: loop.now() }] : []
        }),
      )
      return outcomes
    }

  const serve = (): Serving => {
    const { db } = state
    const now = loop.now
    const listeners = new Set<(written: Written) => void>()
    const records = createRecordTable({
      db,
      log,
      onCorrupt: () => deps.onError(new Error('a row is corrupt')),
    })
    const committer = createCommit({
      db,
      records,
      log,
      now,
      onWritten: (written) => {
        for (const part of written) for (const listener of listeners) listener(part)
      },
    })
    const strict: Commit = (actor, edits) => committer.commit(actor, edits.map(spoiled))
    const devices = createDevices({ db, now })
    const authenticate = createAuthenticate({
      db,
      tokens: createPlainTokens(now),
      sessions: createSessions({ db, now, devices }),
      principals: createPrincipals(db),
      devices,
    })
    const hub = createHub({
      authenticate: variant.authenticate?.(authenticate) ?? authenticate,
      commit: watched(variant.commit?.(strict) ?? strict),
      decided: committer.decided,
      devices,
      whenRevoked: () => () => true,
      viewerOf: createViewers(db),
      log,
      now,
      pages: createPages(db, async (bytes) => zlib.deflateRawSync(bytes, { level: 1 })),
      onWritten: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    })
    const reader = createReader({ db, records, settle: () => undefined })
    const honest = createLookup({ db, reader, viewerOf: createViewers(db) })
    const lookUp = variant.lookUp?.(honest) ?? honest
    const look = async ({ body, token }: Call): Promise<Response> => {
      const { principal } = await authenticate(token)
      return answer(await lookUp(principal, lookupSchema.parse(JSON.parse(body))))
    }
    return { process: loop.current(), accept: hub.accept, answer: createAnswers(db, look) }
  }

  const start = () => {
    if (state.serving) return
    state.generation += 1
    const process = loop.process(`server ${state.generation}`)
    loop.soon(process, () => {
      state.serving = serve()
    })
  }

  const kill = () => {
    const { serving } = state
    if (!serving) return
    state.serving = undefined
    loop.kill(serving.process)
    deps.onDrop(serving)
  }

  return {
    start,
    kill,
    serving: () => state.serving,
    db: () => state.db,
    snapshot: (): Buffer => state.db.$client.serialize(),
    /** Puts an older state back; clients see from the epoch that history has changed. */
    restore: (bytes: Buffer) => {
      kill()
      state.db.$client.close()
      state.db = openBytes(bytes)
      state.db.update(workspace).set({ epoch: newId() }).run()
    },
    setRole: (userId: string, role: Role) => {
      state.db.update(login).set({ role }).where(eq(login.userId, userId)).run()
    },
    roleOf: (userId: string): string =>
      state.db.select({ role: login.role }).from(login).where(eq(login.userId, userId)).get()
        ?.role ?? '',
    close: () => {
      kill()
      state.db.$client.close()
    },
  }
}

export type SimServer = ReturnType<typeof createSimServer>
