/** Requests for what does not travel by sync. */
import type { AccessToken } from '../sync/types'

export type AskServer = (
  path: string,
  init?: { method: 'PUT'; body: Uint8Array<ArrayBuffer> } | { method: 'POST'; body: string },
) => Promise<Response>

type Deps = {
  fetch: typeof fetch
  serverUrl: () => string
  accessToken: (options: { isRejected: boolean }) => Promise<AccessToken>
}

/** Asks below `/api/v1/crm/`, once more with a fresh token where the first is not taken. */
export const createAsk = (deps: Deps): AskServer => {
  const send = async (
    path: string,
    init: Parameters<AskServer>[1],
    isRejected: boolean,
  ): Promise<Response> => {
    const { token } = await deps.accessToken({ isRejected })
    return deps.fetch(`${deps.serverUrl()}/api/v1/crm/${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        ...(init?.method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
    })
  }
  return async (path, init) => {
    const first = await send(path, init, false)
    return first.status === 401 ? send(path, init, true) : first
  }
}
