/** `npm run server`: the server alone, with the options of `npm start`. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureBuilt } from './steps/build.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { root } from './steps/run.mjs'

await ensureInstalled()
await ensureBuilt()
const server = spawn(
  process.execPath,
  [path.join(root, 'out', 'server', 'main.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'))
server.once('exit', (code) => {
  process.exitCode = code ?? 1
})
