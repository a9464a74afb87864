/** Runs child processes for the scripts; nothing here needs an installed package. */
import { spawn } from 'node:child_process'
import path from 'node:path'

/** The project's root folder. */
export const root = path.resolve(import.meta.dirname, '../..')

/** `npm` as it is called on this system. */
export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/**
 * Runs a command with its output shown and answers its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      ...options,
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })

/**
 * Runs a command that must succeed; throws with a sentence where it does not.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} purpose what could not be done if it fails
 */
export const must = async (command, args, purpose) => {
  const code = await run(command, args)
  if (code !== 0)
    throw new Error(`${purpose} failed: ${[command, ...args].join(' ')} ended with ${code}`)
}

/**
 * Path of an installed package's command.
 * @param {string} name
 */
export const bin = (name) =>
  path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
