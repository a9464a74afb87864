/** `npm run backup -- FILE`: a verified copy of the data, also while the server runs. */
import { ensureInstalled } from './steps/install.mjs'
import { bin, run } from './steps/run.mjs'

await ensureInstalled()
process.exitCode = await run(bin('tsx'), [
  'server/backup/main.ts',
  'backup',
  ...process.argv.slice(2),
])
