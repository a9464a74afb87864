/** The three calls of `/api/v1/auth` that the store makes. */
import { z } from 'zod'
import type { Session } from '../api'
import { Unreachable } from '../sync/types'
import { refusalIn } from './problem'

const grantSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() }),
  workspace: z.object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    currency: z.string(),
  }),
})

export type Grant = {
  accessToken: string
  refreshToken: string
  expiresInS: number
  session: Session
}

/** The server's address as it is stored: with scheme, without a slash at the end. */
export const cleanServerUrl = (typed: string): string => {
  const text = typed.trim().replace(/\/+$/, '')
  const isLocal = /^(localhost|127\.|\[::1\])/i.test(text)
  const address = /^https?:\/\//i.test(text) ? text : `${isLocal ? 'http' : 'https'}://${text}`
  if (!URL.canParse(address)) throw new Error(`${typed.trim() || 'Nothing'} is not a web address.`)
  return address
}

/** Where the sync socket of a server listens. */
export const syncUrl = (serverUrl: string): string => `${serverUrl.replace(/^http/i, 'ws')}/sync`

const post = async (fetchIt: typeof fetch, url: string, body: unknown): Promise<Response> => {
  try {
    return await fetchIt(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    })
  } catch (cause) {
    throw new Unreachable(
      `${new URL(url).origin} cannot be reached. Check the address and your connection.`,
      { cause },
    )
  }
}

const problemOf = async (response: Response): Promise<Error> => {
  const refusal = await refusalIn(response)
  if (refusal) return refusal
  const origin = new URL(response.url || 'about:blank').origin
  return new Unreachable(`${origin} does not answer like a Roadbook server (${response.status}).`)
}

const askFor = async (
  fetchIt: typeof fetch,
  serverUrl: string,
  call: { path: string; body: unknown },
): Promise<Grant> => {
  const response = await post(fetchIt, `${serverUrl}/api/v1/auth/${call.path}`, call.body)
  if (!response.ok) throw await problemOf(response)
  const parsed = grantSchema.safeParse(await response.json().catch(() => undefined))
  if (!parsed.success) throw new Unreachable(`${serverUrl} does not answer like a Roadbook server.`)
  const { user, workspace, ...tokens } = parsed.data
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresInS: tokens.expires_in,
    session: {
      serverUrl,
      userId: user.id,
      userName: user.name,
      email: user.email,
      role: user.role,
      workspaceId: workspace.id,
      workspaceName: workspace.name,
      workspaceSlug: workspace.slug,
      currency: workspace.currency,
    },
  }
}

export const logIn = (
  fetchIt: typeof fetch,
  input: { serverUrl: string; email: string; password: string },
): Promise<Grant> => {
  const { serverUrl, email, password } = input
  return askFor(fetchIt, serverUrl, { path: 'login', body: { email: email.trim(), password } })
}

export const refresh = (
  fetchIt: typeof fetch,
  serverUrl: string,
  refreshToken: string,
): Promise<Grant> =>
  askFor(fetchIt, serverUrl, { path: 'refresh', body: { refresh_token: refreshToken } })

/** Ends the session at the server if it can be reached; signing out works without it. */
export const logOut = async (
  fetchIt: typeof fetch,
  serverUrl: string,
  refreshToken: string,
): Promise<void> => {
  try {
    await post(fetchIt, `${serverUrl}/api/v1/auth/logout`, { refresh_token: refreshToken })
  } catch (cause) {
    if (!(cause instanceof Unreachable)) throw cause
  }
}
