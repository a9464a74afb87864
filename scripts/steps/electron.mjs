/** Says whether the desktop app can be opened or packed here. */
import fs from 'node:fs'
import path from 'node:path'
import { root, run } from './run.mjs'

const electronFolder = path.join(root, 'node_modules', 'electron')

/** @returns {string | undefined} */
const installedBinary = () => {
  const note = path.join(electronFolder, 'path.txt')
  if (!fs.existsSync(note)) return undefined
  const file = path.join(electronFolder, 'dist', fs.readFileSync(note, 'utf8').trim())
  return fs.existsSync(file) ? file : undefined
}

/** Fetches the runtime where it is not there yet; the package checks it against its checksums. */
const fetchBinary = async () => {
  const present = installedBinary()
  if (present) return present
  console.log('Fetching the Electron runtime (once) ...')
  await run(process.execPath, [path.join(electronFolder, 'install.js')], {
    stdio: 'ignore',
    timeout: 300_000,
  })
  return installedBinary()
}

/** Whether windows can be opened at all. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

const missing = 'the Electron runtime cannot be had here (it is downloaded from github.com)'

/**
 * The Electron executable, fetched on first use.
 * @returns {Promise<{ ok: true, file: string } | { ok: false, why: string }>}
 */
export const findElectron = async () => {
  if (!hasDisplay()) return { ok: false, why: 'there is no display here' }
  const file = await fetchBinary()
  return file ? { ok: true, file } : { ok: false, why: missing }
}

/**
 * The folder of the runtime that installers carry.
 * @returns {Promise<{ ok: true, folder: string } | { ok: false, why: string }>}
 */
export const runtimeFolder = async () => {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (named !== undefined)
    return fs.existsSync(path.join(named, 'version'))
      ? { ok: true, folder: path.resolve(named) }
      : { ok: false, why: `ELECTRON_OVERRIDE_DIST_PATH names ${named}, which holds no runtime` }
  return (await fetchBinary())
    ? { ok: true, folder: path.join(electronFolder, 'dist') }
    : { ok: false, why: missing }
}
