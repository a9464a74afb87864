/** `npm run sim`: the deterministic simulator of sync; `-- --seeds N --from S [--trace]`. */
import { ensureInstalled } from './steps/install.mjs'
import { bin, run } from './steps/run.mjs'

await ensureInstalled()
process.exitCode = await run(bin('tsx'), ['e2e/sim/main.ts', ...process.argv.slice(2)])
