/**
 * `npm run dist`: installers for this system in dist/; `-- --dir` makes the unpacked app only.
 * Options of electron-builder may follow. The runtime is the one of the `electron` package, or the
 * one that ELECTRON_OVERRIDE_DIST_PATH names.
 */
import { ensureBuilt } from './steps/build.mjs'
import { runtimeFolder } from './steps/electron.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { bin, run } from './steps/run.mjs'

const main = async () => {
  await ensureInstalled()
  const runtime = await runtimeFolder()
  if (!runtime.ok) throw new Error(`No installer can be made here: ${runtime.why}.`)
  await ensureBuilt()
  const code = await run(bin('electron-builder'), [
    ...['--config', 'electron-builder.config.ts', '--publish', 'never'],
    `-c.electronDist=${runtime.folder}`,
    ...process.argv.slice(2),
  ])
  if (code !== 0)
    throw new Error(`The installer was not made: electron-builder ended with ${code}.`)
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
