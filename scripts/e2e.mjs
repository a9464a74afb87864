/** `npm run e2e`: the end-to-end tests alone, on the built app. */
import { ensureBuilt } from './steps/build.mjs'
import { ensureChromium } from './steps/chromium.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { bin, run } from './steps/run.mjs'

await ensureInstalled()
await ensureBuilt()
process.exitCode = await run(
  bin('playwright'),
  ['test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)],
  { env: { ...process.env, CHROMIUM_PATH: await ensureChromium() } },
)
