/** A whole server in memory for tests: the real app over a real database, without a port. */
import { pino } from 'pino'
import { z } from 'zod'
import type { Role } from '../../shared/kernel/access'
import { createApp } from '../app'
import { createLogin, createWorkspace } from '../auth/logins'
import { openDatabase } from '../db/open'
import { createServices } from './services'

/** What a request of a test sends besides method and path; `json` becomes the body. */
export type TestRequest = {
  json?: unknown
  body?: string | FormData | ArrayBuffer | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

/** A person (or nobody) who sends requests. */
export type Caller = (method: string, path: string, request?: TestRequest) => Promise<Response>

export type TestServer = Awaited<ReturnType<typeof createTestServer>>

/** Starts with a clock that stands still until a test moves it. */
export const createTestServer = async (options: { now?: number } = {}) => {
  const clock = { now: options.now ?? Date.UTC(2026, 0, 15, 12) }
  const services = createServices({
    db: openDatabase(':memory:'),
    log: pino({ level: 'silent' }),
    jwtSecret: 'a secret of tests that is long enough',
    now: () => clock.now,
    passwordCost: { N: 2 ** 10, r: 8, p: 1 },
  })
  const app = createApp(services, { isReady: () => true, rendererRoot: '/nowhere' })

  const caller =
    (token?: string): Caller =>
    async (method, path, { json, body, headers } = {}) =>
      app.request(path, {
        method,
        headers: {
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(body === undefined ? {} : { body }),
      })

  const signedIn = async (userId: string): Promise<Caller> => {
    const principal = services.principals.byId(userId)
    if (!principal) throw new Error('there is no such user')
    const { family } = services.sessions.start(userId)
    const { workspaceId, role } = principal
    return caller(await services.tokens.sign({ userId, workspaceId, role, family }))
  }

  return {
    app,
    services,
    clock,
    nobody: caller(),
    withToken: caller,
    /** Makes a workspace and its owner, who is signed in. */
    workspace: async (slug: string) => {
      const workspaceId = createWorkspace(services.db, { name: slug, slug })
      const person = async (role: Role): Promise<{ call: Caller; userId: string }> => {
        const email = `${role}@${slug}.test`
        const password = 'correct horse battery'
        const login = { workspaceId, name: `The ${role}`, email, password, role }
        const userId = await createLogin(services, login)
        return { call: await signedIn(userId), userId }
      }
      return { workspaceId, person, owner: (await person('owner')).call }
    },
  }
}

const answerSchema = z.looseObject({ items: z.array(z.looseObject({})).optional() })

/** The JSON object of an answer. */
export const bodyOf = async (answer: Response | Promise<Response>) =>
  answerSchema.parse(await (await answer).json())
