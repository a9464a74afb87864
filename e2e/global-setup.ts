/** Builds the stand-in for the Electron runtime and says which host the specs run on. */
import fs from 'node:fs'
import path from 'node:path'
import { build } from 'vite'
import { hostName } from './start'

const root = path.resolve(import.meta.dirname, '..')

export default async (): Promise<void> => {
  await build({ configFile: path.join(root, 'e2e/host/vite.config.ts'), logLevel: 'warn' })
  const launcher = path.join(root, 'out/host/electron')
  fs.copyFileSync(path.join(root, 'e2e/host/electron.sh'), launcher)
  fs.chmodSync(launcher, 0o755)
  process.stdout.write(`End-to-end specs run on ${hostName()}.\n`)
}
