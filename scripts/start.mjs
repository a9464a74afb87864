/**
 * `npm start`: installs, builds, starts the server with the demo workspace, opens the desktop app;
 * where that cannot be, the server serves the same app to a browser.
 */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './steps/build.mjs'
import { findElectron } from './steps/electron.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { root } from './steps/run.mjs'

const usage = `Usage: npm start -- [options]
  --no-demo     do not fill an empty database with the demo workspace
  --port N      port of the server (PORT, 8012)
  --data DIR    folder of the database (DATA_DIR, ./data)
  --headless    server and web client only, no desktop window`

const readArguments = () => {
  try {
    return parseArgs({
      options: {
        'no-demo': { type: 'boolean', default: false },
        port: { type: 'string' },
        data: { type: 'string' },
        headless: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    return process.exit(2)
  }
}

/** @param {ReturnType<typeof readArguments>} options */
const startServer = (options) => {
  const args = [path.join(root, 'out', 'server', 'main.js')]
  if (options.port) args.push('--port', options.port)
  if (options.data) args.push('--data', path.resolve(options.data))
  if (!options['no-demo']) args.push('--demo')
  return spawn(process.execPath, args, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: process.env,
  })
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>} the address it listens at
 */
const whenListening = (server) =>
  new Promise((resolve, reject) => {
    server.on('message', (message) => {
      if (typeof message === 'object' && 'listening' in message) resolve(String(message.listening))
    })
    server.once('exit', (code) =>
      reject(new Error(`The server ended with ${code} before it was ready.`)),
    )
  })

/**
 * @param {string} address
 * @param {import('node:child_process').ChildProcess} server
 */
const openDesktop = async (address, server) => {
  const electron = await findElectron()
  if (!electron.ok) {
    console.log(`No desktop window (${electron.why}). Open Roadbook in a browser: ${address}`)
    return
  }
  const app = spawn(electron.file, [root], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ROADBOOK_SERVER: address },
  })
  app.once('exit', () => server.kill('SIGTERM'))
  process.once('exit', () => app.kill())
}

const main = async () => {
  const options = readArguments()
  if (options.help) return console.log(usage)
  await ensureInstalled()
  await ensureBuilt()
  const server = startServer(options)
  const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code ?? 1)))
  // A terminal's Ctrl-C reaches the server as well; this process only waits for it to finish.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'))
  const address = await whenListening(server)
  if (options.headless) console.log(`Open Roadbook in a browser: ${address}`)
  else await openDesktop(address, server)
  process.exitCode = Number(await ended)
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
