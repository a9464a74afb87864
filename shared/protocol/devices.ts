/** `/api/v1/auth/devices`: what both sides check against. */
import { z } from 'zod'

/** A profile of a machine that holds a copy of the workspace. Times are RFC 3339 UTC. */
export const deviceOnWireSchema = z.object({
  id: z.string(),
  /** What it says of itself. */
  name: z.string().nullable(),
  user: z.object({ id: z.string(), name: z.string() }),
  /** Whether it is the one that asks. */
  is_current: z.boolean(),
  last_seen_at: z.string(),
  /** Since when it is to remove what it holds. */
  revoked_at: z.string().nullable(),
  /** When it learned of that. */
  told_at: z.string().nullable(),
})

export type DeviceOnWire = z.infer<typeof deviceOnWireSchema>

export const deviceListSchema = z.object({ items: z.array(deviceOnWireSchema) })
