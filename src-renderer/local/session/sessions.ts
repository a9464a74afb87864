/** Who is signed in, and the workspace that belongs to it; windows of one profile follow each other. */
import { Refusal, type RefusalInfo } from '../../../shared/kernel/refusal'
import type { Session } from '../api'
import type { Emitter } from '../emitter'
import type { Platform } from '../platform'
import { signedOutStatus } from '../status'
import { openWorkspace, type Workspace } from '../workspace'
import { cleanServerUrl, logIn, logOut } from './auth'
import { openProfile } from './profile'
import { createTokens, type Tokens, vaultKey } from './tokens'

type Active = { session: Session; tokens: Tokens; workspace: Promise<Workspace> }

export type Sessions = {
  session: () => Promise<Session | null>
  /** The open workspace; `undefined` while nobody is signed in. */
  workspace: () => Promise<Workspace | undefined>
  signIn: (input: { serverUrl: string; email: string; password: string }) => Promise<Session>
  signOut: (options: { wipe: boolean }) => Promise<void>
  /** Why the last session ended, where that was not its user's doing. */
  ended: () => Promise<RefusalInfo | null>
  /** Where the server is and a token that it takes now; throws where none can be had. */
  access: (options: { isRejected: boolean }) => Promise<{ serverUrl: string; token: string }>
  close: () => Promise<void>
}

const isSame = (a: Session | undefined, b: Session | null): boolean =>
  a?.workspaceId === b?.workspaceId && a?.userId === b?.userId && a?.serverUrl === b?.serverUrl

export const createSessions = (platform: Platform, emitter: Emitter): Sessions => {
  const profile = openProfile(platform)
  const vault = platform.vault ?? profile.vault
  const state = { active: undefined as Active | undefined }

  const learn = (session: Session) => {
    const { active } = state
    if (!active || !isSame(active.session, session)) return
    if (JSON.stringify(active.session) === JSON.stringify(session)) return
    active.session = session
    profile.saveSession(session).catch(platform.onError)
    emitter.emit({ type: 'session', session })
  }

  const activate = (session: Session): Active => {
    const { fetch, time } = platform
    const tokens = createTokens({ session, vault, fetch, time, onSession: learn })
    const workspace = openWorkspace({
      platform,
      emitter,
      tokens,
      session: () => state.active?.session ?? session,
      onRevoked: () => {
        const ended = new Refusal('device.revoked').info
        work(async () => {
          if (state.active === active) await leave({ wipe: true, ended })
        }).catch(platform.onError)
      },
    })
    // Whoever needs the workspace meets the error; until then it is nobody's.
    workspace.catch(() => undefined)
    const active: Active = { session, tokens, workspace }
    state.active = active
    return active
  }

  const deactivate = async (): Promise<Workspace | undefined> => {
    const { active } = state
    state.active = undefined
    const workspace = await active?.workspace.catch(() => undefined)
    workspace?.close()
    return workspace
  }

  const leave = async ({ wipe, ended }: { wipe: boolean; ended?: RefusalInfo }) => {
    const session = state.active?.session
    const workspace = await deactivate()
    if (session) {
      const refreshToken = await vault.get(vaultKey(session))
      await vault.remove(vaultKey(session))
      if (refreshToken !== null)
        logOut(platform.fetch, session.serverUrl, refreshToken).catch(platform.onError)
    }
    await profile.saveSession(null, ended)
    if (wipe && workspace) await workspace.database.dexie.delete()
    emitter.emit({ type: 'session', session: null })
    emitter.emit({ type: 'status', status: signedOutStatus })
    bus.post('session')
  }

  /** Makes this window show what the profile says. */
  const follow = async () => {
    const session = await profile.session()
    if (isSame(state.active?.session, session)) return
    await deactivate()
    if (session) activate(session)
    emitter.emit({ type: 'session', session })
    if (!session) emitter.emit({ type: 'status', status: signedOutStatus })
  }

  const bus = platform.openBus('roadbook-profile', () => {
    work(follow).catch(platform.onError)
  })
  const queue = { last: Promise.resolve<unknown>(undefined) }
  /** Signing in and out and following other windows go one after the other. */
  const work = <T>(job: () => Promise<T>): Promise<T> => {
    const done = queue.last.then(job)
    queue.last = done.catch(() => undefined)
    return done
  }
  const started = work(async () => {
    const session = await profile.session()
    if (session) activate(session)
  })

  return {
    session: async () => {
      await started
      return state.active?.session ?? null
    },
    workspace: async () => {
      await started
      return state.active?.workspace
    },
    signIn: (input) =>
      work(async () => {
        const serverUrl = cleanServerUrl(input.serverUrl)
        const grant = await logIn(platform.fetch, { ...input, serverUrl })
        const { session } = grant
        const isAgain = isSame(state.active?.session, session)
        if (!isAgain) await deactivate()
        await profile.saveSession(session)
        const active = isAgain && state.active ? state.active : activate(session)
        await active.tokens.accept(grant)
        const workspace = await active.workspace
        if (isAgain) workspace.signals.command('restart')
        emitter.emit({ type: 'session', session })
        bus.post('session')
        return session
      }),
    signOut: ({ wipe }) => work(() => leave({ wipe })),
    ended: async () => {
      await started
      return profile.ended()
    },
    access: async (options) => {
      await started
      const { active } = state
      if (!active) throw new Refusal('auth.missing')
      const { token } = await active.tokens.accessToken(options)
      return { serverUrl: active.session.serverUrl, token }
    },
    close: () =>
      work(async () => {
        await deactivate()
        bus.close()
        profile.close()
      }),
  }
}
