/** Asking the server something that this machine does not hold. */
import type { LocalStore } from '../local/api'

/**
 * Sends a request to `/api/v1/` on behalf of whoever is signed in; once more with a fresh token where
 * the first is not taken. Throws where the server cannot be reached; every answer is an answer.
 */
export const askServer = async (
  store: Pick<LocalStore, 'access'>,
  path: string,
  { method = 'GET' }: { method?: string } = {},
): Promise<{ serverUrl: string; response: Response }> => {
  const send = async (isRejected: boolean) => {
    const { serverUrl, token } = await store.access({ isRejected })
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
    return { serverUrl, response: await fetch(`${serverUrl}/api/v1/${path}`, { method, headers }) }
  }
  const first = await send(false)
  return first.response.status === 401 ? send(true) : first
}
