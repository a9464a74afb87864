/**
 * What this profile remembers between starts, apart from any workspace: who is signed in where, so
 * that the app opens offline, and in the browser the refresh token.
 */
import { Dexie, type Table } from 'dexie'
import type { RefusalInfo } from '../../../shared/kernel/refusal'
import type { Session } from '../api'
import type { IndexedDbParts } from '../database'
import type { TokenVault } from '../platform'

type Entry = { key: string; value: unknown }

export type Profile = {
  session: () => Promise<Session | null>
  /** `ended` says why there is none any more, where that was not this user's doing. */
  saveSession: (session: Session | null, ended?: RefusalInfo) => Promise<void>
  ended: () => Promise<RefusalInfo | null>
  vault: TokenVault
  close: () => void
}

export const openProfile = (parts: IndexedDbParts): Profile => {
  const dexie = new Dexie('roadbook-profile', {
    ...parts,
    chromeTransactionDurability: 'strict',
    cache: 'disabled',
  })
  dexie.version(1).stores({ entries: 'key' })
  const entries: Table<Entry, string> = dexie.table('entries')
  return {
    session: async () => {
      const entry = await entries.get('session')
      // Written by `saveSession` alone.
      return (entry?.value as Session | undefined) ?? null
    },
    saveSession: async (session, ended) => {
      if (session) await entries.put({ key: 'session', value: session })
      else await entries.delete('session')
      if (ended) await entries.put({ key: 'ended', value: ended })
      else await entries.delete('ended')
    },
    ended: async () => {
      const entry = await entries.get('ended')
      // Written by `saveSession` alone.
      return (entry?.value as RefusalInfo | undefined) ?? null
    },
    vault: {
      get: async (key) => {
        const entry = await entries.get(key)
        return typeof entry?.value === 'string' ? entry.value : null
      },
      set: async (key, value) => {
        await entries.put({ key, value })
      },
      remove: (key) => entries.delete(key),
    },
    close: () => dexie.close(),
  }
}
