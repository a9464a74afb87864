/** `/api/v1/auth/devices`: the machines that hold a copy, and the end of one that was lost. */
import { Hono } from 'hono'
import type { DeviceOnWire } from '../../shared/protocol/devices'
import { type AuthEnv, type Authenticate, requireAuth } from './authenticate'
import type { Devices, KnownDevice } from './devices'
import type { Principal } from './logins'

const instant = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString()

const onWire = (one: KnownDevice, family: string | null): DeviceOnWire => ({
  id: one.id,
  name: one.name,
  user: { id: one.userId, name: one.userName },
  is_current: one.family !== null && one.family === family,
  last_seen_at: new Date(one.lastSeenAt).toISOString(),
  revoked_at: instant(one.revokedAt),
  told_at: instant(one.toldAt),
})

/** Owners and admins look after everybody's devices, others after their own. */
const whose = ({ workspaceId, userId, role }: Principal) => ({
  workspaceId,
  userId: role === 'owner' || role === 'admin' ? undefined : userId,
})

type Deps = { devices: Devices; authenticate: Authenticate; onRevoked: () => void }

export const createDeviceRoutes = ({ devices, authenticate, onRevoked }: Deps): Hono<AuthEnv> => {
  const routes = new Hono<AuthEnv>()
  routes.use('*', requireAuth(authenticate))
  routes.get('/', (c) => {
    const items = devices.list(whose(c.get('principal')))
    return c.json({ items: items.map((one) => onWire(one, c.get('family'))) })
  })
  routes.delete('/:id', (c) => {
    const principal = c.get('principal')
    devices.revoke(whose(principal), c.req.param('id'), principal.userId)
    onRevoked()
    return c.body(null, 204)
  })
  routes.post('/:id/restore', (c) => {
    devices.restore(whose(c.get('principal')), c.req.param('id'))
    return c.body(null, 204)
  })
  return routes
}
