/** `npm run build`: production bundles of app and server in out/. */
import { build } from './steps/build.mjs'
import { ensureInstalled } from './steps/install.mjs'

await ensureInstalled()
await build()
