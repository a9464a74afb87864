/** `npm run desktop`: the desktop app alone, against a server that runs already. */
import { ensureBuilt } from './steps/build.mjs'
import { findElectron } from './steps/electron.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { root, run } from './steps/run.mjs'

await ensureInstalled()
await ensureBuilt()
const electron = await findElectron()
if (electron.ok) process.exitCode = await run(electron.file, [root, ...process.argv.slice(2)])
else {
  console.error(
    `The desktop app cannot be opened: ${electron.why}. Use \`npm start\` and a browser.`,
  )
  process.exitCode = 1
}
