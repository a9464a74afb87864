/** Access tokens in memory, refreshed with the rotating token of the vault; one refresh at a time. */
import { Refusal } from '../../../shared/kernel/refusal'
import type { Session } from '../api'
import type { Time, TokenVault } from '../platform'
import { type AccessToken, Unreachable } from '../sync/types'
import { type Grant, refresh } from './auth'

const renewBeforeMs = 60_000

export const vaultKey = (session: Session): string =>
  `refresh:${session.workspaceId}:${session.userId}`

export type Tokens = {
  accessToken: (options: { isRejected: boolean }) => Promise<AccessToken>
  /** Takes what a sign-in granted. */
  accept: (grant: Grant) => Promise<void>
}

export type TokensDeps = {
  session: Session
  vault: TokenVault
  fetch: typeof fetch
  time: Time
  /** Name, role and workspace as the server has them. */
  onSession: (session: Session) => void
}

export const createTokens = (deps: TokensDeps): Tokens => {
  const state = {
    access: undefined as AccessToken | undefined,
    /** For a system without a safe place for secrets: it serves as long as this window does. */
    refreshToken: null as string | null,
    refreshing: undefined as Promise<AccessToken> | undefined,
  }
  const key = vaultKey(deps.session)

  const accept = async (grant: Grant) => {
    // At once: whoever asks for a token meanwhile must not spend the refresh token just granted.
    state.refreshToken = grant.refreshToken
    state.access = {
      token: grant.accessToken,
      expiresAtMs: deps.time.now() + grant.expiresInS * 1000,
    }
    await deps.vault.set(key, grant.refreshToken)
    deps.onSession(grant.session)
  }

  const renew = async (): Promise<AccessToken> => {
    const refreshToken = (await deps.vault.get(key)) ?? state.refreshToken
    if (refreshToken === null) throw new Refusal('auth.expired')
    try {
      await accept(await refresh(deps.fetch, deps.session.serverUrl, refreshToken))
    } catch (cause) {
      // A server that is throttled or stopping has not ended the session.
      if (!(cause instanceof Refusal) || cause.status === 401) throw cause
      throw new Unreachable(cause.message, { cause })
    }
    if (!state.access) throw new Refusal('auth.expired')
    return state.access
  }

  const renewOnce = (): Promise<AccessToken> => {
    state.refreshing ??= renew().finally(() => {
      state.refreshing = undefined
    })
    return state.refreshing
  }

  return {
    accept,
    accessToken: ({ isRejected }) => {
      const isFresh =
        state.access !== undefined && state.access.expiresAtMs - deps.time.now() > renewBeforeMs
      return state.access && isFresh && !isRejected ? Promise.resolve(state.access) : renewOnce()
    },
  }
}
