/** Finds the Chromium that end-to-end tests and screenshots run in, or installs one. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import { bin, run } from './run.mjs'

const wellKnown = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
}

/** @returns {Promise<string | undefined>} */
const ofPlaywright = async () => {
  const { chromium } = await import('playwright')
  const file = chromium.executablePath()
  return fs.existsSync(file) ? file : undefined
}

/**
 * The browser that is there: `CHROMIUM_PATH`, a well-known place, or Playwright's own.
 * @returns {Promise<string | undefined>}
 */
export const findChromium = async () => {
  const named = process.env.CHROMIUM_PATH
  if (named !== undefined && !fs.existsSync(named))
    throw new Error(`CHROMIUM_PATH names ${named}, where there is no file.`)
  if (named) return named
  const places = Object.entries(wellKnown).find(([platform]) => platform === process.platform)?.[1]
  return places?.find((file) => fs.existsSync(file)) ?? (await ofPlaywright())
}

const hasCommand = (/** @type {string} */ name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    // Not on the PATH.
    return false
  }
}

const installWithApt = async () => {
  if (process.platform !== 'linux' || os.userInfo().uid !== 0 || !hasCommand('apt-get')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env })
  await run('apt-get', ['install', '-y', '-qq', 'chromium'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/**
 * Finds or installs a browser; throws with what to do where neither works.
 * @returns {Promise<string>}
 */
export const ensureChromium = async () => {
  const found = await findChromium()
  if (found) return found
  console.log('No Chromium found; installing one for the end-to-end tests ...')
  await installWithApt()
  const packaged = await findChromium()
  if (packaged) return packaged
  await run(bin('playwright'), ['install', 'chromium'])
  const downloaded = await findChromium()
  if (downloaded) return downloaded
  throw new Error(
    'The end-to-end tests need Chromium and none could be installed. Install Chromium or Google Chrome with your system, or set CHROMIUM_PATH to its executable.',
  )
}
