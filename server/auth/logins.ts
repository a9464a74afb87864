/** Users: credentials in a table of their own, what colleagues see as a record. */
import { and, eq, sql } from 'drizzle-orm'
import type { Role } from '../../shared/kernel/access'
import { roles } from '../../shared/kernel/access'
import { newId } from '../../shared/kernel/ids'
import { Refusal } from '../../shared/kernel/refusal'
import type { Db } from '../db/open'
import { login, workspace } from '../db/schema'
import type { Actor, Commit } from '../kernel/ports'
import { hashPassword, type PasswordCost } from './passwords'

export type LoginInput = {
  workspaceId: string
  name: string
  email: string
  password: string
  role: Role
}

/** The actor for what the server does by itself in a workspace. */
export const systemActor = (workspaceId: string, userId: string): Actor => ({
  workspaceId,
  userId,
  role: 'owner',
  via: 'system',
})

/** How e-mail addresses are compared. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase()

/**
 * Creates a user: record and credentials. Answers the user's id. Cut short in between, it leaves a
 * colleague who cannot sign in, never credentials without a user.
 */
export const createLogin = async (
  deps: { db: Db; commit: Commit; passwordCost?: PasswordCost | undefined },
  input: LoginInput,
): Promise<string> => {
  const userId = newId()
  const email = normaliseEmail(input.email)
  const passwordHash = await hashPassword(input.password, deps.passwordCost)
  const [outcome] = await deps.commit(systemActor(input.workspaceId, userId), [
    {
      entity: 'user',
      id: userId,
      s: { name: input.name, email, role: input.role, active: true },
      mustBeNew: true,
    },
  ])
  if (outcome && !outcome.ok)
    throw new Refusal('record.invalid', {
      detail: outcome.refusal.detail,
      errors: outcome.refusal.errors,
    })
  deps.db
    .insert(login)
    .values({
      userId,
      workspaceId: input.workspaceId,
      email,
      name: input.name,
      passwordHash,
      role: input.role,
    })
    .run()
  return userId
}

/** Creates an empty workspace and answers its id; one that a setup cut short left behind is taken over. */
export const createWorkspace = (
  db: Db,
  input: { name: string; slug: string; currency?: string | undefined },
): string => {
  const { name, slug, currency = 'EUR' } = input
  const { id } = db
    .insert(workspace)
    .values({ id: newId(), name, slug, currency, epoch: newId() })
    .onConflictDoUpdate({ target: workspace.slug, set: { name, currency } })
    .returning({ id: workspace.id })
    .get()
  return id
}

/** A user with workspace as they stand now, for tokens that say who comes. */
export type Principal = {
  userId: string
  workspaceId: string
  name: string
  email: string
  role: Role
  workspaceName: string
  workspaceSlug: string
  currency: string
}

/** Reads users with their workspaces. */
export const createPrincipals = (db: Db) => {
  const columns = {
    userId: login.userId,
    workspaceId: login.workspaceId,
    name: login.name,
    email: login.email,
    role: login.role,
    active: login.active,
    passwordHash: login.passwordHash,
    workspaceName: workspace.name,
    workspaceSlug: workspace.slug,
    currency: workspace.currency,
  }
  const select = () =>
    db.select(columns).from(login).innerJoin(workspace, eq(workspace.id, login.workspaceId))
  type Found = ReturnType<ReturnType<typeof select>['all']>[number]
  const toPrincipal = ({ active, passwordHash, role, ...rest }: Found): Principal | undefined => {
    const known = roles.find((name) => name === role)
    return active && known ? { ...rest, role: known } : undefined
  }
  /** Asked at every request. */
  const ofUser = select()
    .where(eq(login.userId, sql.placeholder('userId')))
    .prepare()
  return {
    /** The user, unless unknown or disabled. */
    byId: (userId: string): Principal | undefined => {
      const found = ofUser.get({ userId })
      return found && toPrincipal(found)
    },
    /** All active users with that address, each with the password's hash. */
    byEmail: (email: string, slug?: string) =>
      select()
        .where(
          and(
            eq(login.email, normaliseEmail(email)),
            slug === undefined ? undefined : eq(workspace.slug, slug),
          ),
        )
        .all()
        .flatMap((found) => {
          const principal = toPrincipal(found)
          return principal ? [{ principal, passwordHash: found.passwordHash }] : []
        }),
  }
}
