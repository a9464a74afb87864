/** A server with the demo workspace in memory, for tests over real sockets. */
import { pino } from 'pino'
import type { Services } from '../kernel/services'
import { startServer } from '../start'
import { seedDemo } from './seed'

export type DemoServer = { url: string; services: Services; stop: () => Promise<void> }

export const startDemoServer = async (): Promise<DemoServer> => {
  const server = await startServer(
    {
      port: 0,
      host: '127.0.0.1',
      appUrl: 'http://localhost',
      dataDir: '/nowhere',
      databaseFile: ':memory:',
      jwtSecret: 'a secret that only this test knows about',
      logLevel: 'silent',
    },
    { log: pino({ level: 'silent' }), rendererRoot: '/nowhere' },
  )
  await seedDemo(server.services)
  return { url: server.address, services: server.services, stop: server.stop }
}
