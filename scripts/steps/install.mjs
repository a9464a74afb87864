/** Brings node_modules in step with the lockfile, and does nothing where it is already. */
import fs from 'node:fs'
import path from 'node:path'
import { must, npm, root } from './run.mjs'

const oldestNode = [20, 19]

/** Throws where this Node is older than what the project supports. */
export const requireNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new Error(
    `Roadbook needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}. Get one from https://nodejs.org.`,
  )
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> | undefined}
 */
const packagesIn = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages
  } catch {
    // Absent or cut short by an interrupted install: both mean that it has to be done again.
    return undefined
  }
}

/** Whether every package of the lockfile is installed in the version that it names. */
export const isInstalled = () => {
  const wanted = packagesIn(path.join(root, 'package-lock.json'))
  const present = packagesIn(path.join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted).every(
    ([name, entry]) =>
      name === '' ||
      entry.optional ||
      entry.devOptional ||
      entry.peer ||
      present[name]?.version === entry.version,
  )
}

/** Installs what is missing by `npm ci`. */
export const ensureInstalled = async () => {
  requireNode()
  if (isInstalled()) return
  console.log('Installing packages (once; a minute or two) ...')
  // What npm warns of says nothing to whoever starts the product; errors do.
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error']
  await must(npm, ['ci', ...quietly], 'Installing the packages')
}
