/** Hocuspocus as a process of its own, for `bench/peers/hocuspocus.ts`. */
import { Server } from '@hocuspocus/server'

await new Server({ port: Number(process.env.PORT), address: '127.0.0.1', quiet: true }).listen()
