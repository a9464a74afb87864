/** `npm run demo -- --contacts N --seed S`: fills a workspace with generated records. */
import { ensureInstalled } from './steps/install.mjs'
import { bin, run } from './steps/run.mjs'

await ensureInstalled()
process.exitCode = await run(bin('tsx'), ['server/demo/main.ts', ...process.argv.slice(2)])
