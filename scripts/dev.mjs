/** `npm run dev`: server and app with hot reload; without Electron the app runs in a browser. */
import { spawn } from 'node:child_process'
import { findElectron } from './steps/electron.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { bin, root } from './steps/run.mjs'

/**
 * @param {string} command
 * @param {string[]} args
 */
const keepRunning = (command, args) =>
  spawn(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })

const main = async () => {
  await ensureInstalled()
  const electron = await findElectron()
  const children = [
    keepRunning(bin('tsx'), ['watch', '--clear-screen=false', 'server/main.ts', '--demo']),
    electron.ok
      ? keepRunning(bin('electron-vite'), ['dev'])
      : keepRunning(bin('electron-vite'), ['dev', '--rendererOnly']),
  ]
  if (!electron.ok) console.log(`The app opens in a browser only: ${electron.why}.`)
  const stop = () => {
    for (const child of children) child.kill('SIGTERM')
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
  for (const child of children) child.once('exit', stop)
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
