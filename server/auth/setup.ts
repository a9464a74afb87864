/** First-run setup: the first workspace and its owner. */
import type { z } from 'zod'
import { Refusal } from '../../shared/kernel/refusal'
import type { Db } from '../db/open'
import { login } from '../db/schema'
import type { Commit } from '../kernel/ports'
import { createLogin, createWorkspace } from './logins'
import type { PasswordCost } from './passwords'
import type { authSchemas } from './wire'

/** Setup over a database; `run` answers the owner's id and throws `setup.done` from then on. */
export const createSetup = (deps: {
  db: Db
  commit: Commit
  passwordCost?: PasswordCost | undefined
}) => {
  const state = { running: false }
  /** A workspace without anybody who could sign in is what a cut-short setup leaves behind. */
  const isNeeded = (): boolean =>
    deps.db.select({ userId: login.userId }).from(login).limit(1).get() === undefined

  const run = async (input: z.infer<typeof authSchemas.setup>): Promise<string> => {
    if (state.running || !isNeeded()) throw new Refusal('setup.done')
    state.running = true
    try {
      const { name, email, password, currency } = input
      const workspaceId = createWorkspace(deps.db, {
        name: input.workspace_name,
        slug: input.workspace_slug,
        currency,
      })
      return await createLogin(deps, { workspaceId, name, email, password, role: 'owner' })
    } finally {
      state.running = false
    }
  }
  return { isNeeded, run }
}
