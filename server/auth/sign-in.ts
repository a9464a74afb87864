/** Checks credentials; takes as long for an unknown address as for a wrong password. */
import type { z } from 'zod'
import { Refusal } from '../../shared/kernel/refusal'
import { invalidRecord } from '../kernel/problem'
import type { createPrincipals, Principal } from './logins'
import { hashOfNobody, verifyPassword } from './passwords'
import type { authSchemas } from './wire'

/** Answers whose credentials these are; throws `auth.invalid`. */
export const createSignIn =
  (principals: ReturnType<typeof createPrincipals>) =>
  async (input: z.infer<typeof authSchemas.login>): Promise<Principal> => {
    const candidates = principals.byEmail(input.email, input.workspace)
    if (candidates.length === 0) await verifyPassword(input.password, hashOfNobody)
    const matching: Principal[] = []
    for (const { principal, passwordHash } of candidates)
      if (await verifyPassword(input.password, passwordHash)) matching.push(principal)
    const [only, another] = matching
    if (!only) throw new Refusal('auth.invalid')
    if (another) {
      const slugs = matching.map(({ workspaceSlug }) => workspaceSlug).join(', ')
      throw invalidRecord([{ path: 'workspace', message: `is required here: one of ${slugs}` }])
    }
    return only
  }
