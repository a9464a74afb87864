/** `npm run restore -- FILE`: puts a backup in the place of the data of a stopped server. */
import { ensureInstalled } from './steps/install.mjs'
import { bin, run } from './steps/run.mjs'

await ensureInstalled()
process.exitCode = await run(bin('tsx'), [
  'server/backup/main.ts',
  'restore',
  ...process.argv.slice(2),
])
