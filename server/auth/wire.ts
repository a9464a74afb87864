/** What the auth routes take and give; OpenAPI shows the same. */
import { z } from 'zod'
import { deviceListSchema } from '../../shared/protocol/devices'
import type { Principal } from './logins'

const password = z.string().min(8, 'must have at least 8 characters').max(200)
const name = z.string().trim().min(1, 'is required').max(100)

/** Bodies of the auth routes. */
export const authSchemas = {
  setup: z.object({
    workspace_name: name,
    workspace_slug: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'must be a-z, 0-9 and inner hyphens'),
    name,
    email: z.string().trim().pipe(z.email('must be an e-mail address').max(254)),
    password,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')
      .optional(),
  }),
  login: z.object({
    email: z.string().min(1).max(254),
    password: z.string().min(1).max(200),
    workspace: z.string().max(40).optional(),
  }),
  refresh: z.object({ refresh_token: z.string().min(1).max(200) }),
  logout: z.object({ refresh_token: z.string().min(1).max(200).optional() }),
  apiKey: z.object({ name }),
} as const

const user = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
})
const workspace = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  currency: z.string(),
})
const key = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  created_at: z.string(),
})

/** Answers of the auth routes. */
export const authAnswers = {
  status: z.object({ setup_needed: z.boolean(), demo: z.boolean(), version: z.string() }),
  tokens: z.object({
    access_token: z.string(),
    refresh_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int(),
    user,
    workspace,
  }),
  me: z.object({ user, workspace }),
  devices: deviceListSchema,
  apiKeys: z.object({ items: z.array(key) }),
  apiKey: key.extend({ key: z.string() }),
} as const

/** The user as the API shows one. */
export const userOnWire = (principal: Principal): z.infer<typeof user> => ({
  id: principal.userId,
  name: principal.name,
  email: principal.email,
  role: principal.role,
})

/** The workspace as the API shows one. */
export const workspaceOnWire = (principal: Principal): z.infer<typeof workspace> => ({
  id: principal.workspaceId,
  slug: principal.workspaceSlug,
  name: principal.workspaceName,
  currency: principal.currency,
})
