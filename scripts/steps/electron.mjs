/** Says whether the desktop app can be opened here. */
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

/** Whether windows can be opened at all. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/**
 * The Electron executable, fetched on first use.
 * @returns {Promise<{ ok: true, file: string } | { ok: false, why: string }>}
 */
export const findElectron = async () => {
  if (!hasDisplay()) return { ok: false, why: 'there is no display here' }
  const file = installedBinary()
  if (file) return { ok: true, file }
  console.log('Fetching the Electron runtime (once) ...')
  await run(process.execPath, [path.join(electronFolder, 'install.js')], {
    stdio: 'ignore',
    timeout: 300_000,
  })
  const fetched = installedBinary()
  return fetched
    ? { ok: true, file: fetched }
    : { ok: false, why: 'the Electron runtime cannot be had here' }
}
