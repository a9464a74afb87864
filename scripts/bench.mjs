/** `npm run bench`: all benchmarks, one JSON object a line; `-- --only NAME --records N`. */
import { ensureBuilt } from './steps/build.mjs'
import { ensureChromium } from './steps/chromium.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { bin, run } from './steps/run.mjs'

await ensureInstalled()
await ensureBuilt()
process.exitCode = await run(bin('tsx'), ['bench/main.ts', ...process.argv.slice(2)], {
  env: { ...process.env, CHROMIUM_PATH: await ensureChromium() },
})
