/** Builds server and app into out/, and does nothing where the sources have not changed since. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { bin, must, root } from './run.mjs'

const sources = [
  'package-lock.json',
  'electron.vite.config.ts',
  'server',
  'shared',
  'src-main',
  'src-renderer',
]
const stampFile = path.join(root, 'out', '.build-stamp')

/**
 * @param {string} file
 * @returns {string[]}
 */
const filesBelow = (file) => {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [file]
  return fs
    .readdirSync(file)
    .sort()
    .flatMap((name) => filesBelow(path.join(file, name)))
}

const sourceStamp = () => {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((name) => filesBelow(path.join(root, name))))
    if (!/\.test\.tsx?$/.test(file))
      hash.update(file.slice(root.length)).update(fs.readFileSync(file))
  return hash.digest('hex')
}

/** Builds everything, whether it has to be or not. */
export const build = async () => {
  fs.rmSync(stampFile, { force: true })
  const stamp = sourceStamp()
  await must(bin('electron-vite'), ['build', '--logLevel', 'warn'], 'Building the app')
  await must(
    bin('vite'),
    ['build', '--config', 'server/vite.config.ts', '--logLevel', 'warn'],
    'Building the server',
  )
  fs.writeFileSync(stampFile, stamp)
}

/** Builds unless out/ was made from these very sources. */
export const ensureBuilt = async () => {
  const built = fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : ''
  if (built === sourceStamp()) return
  console.log('Building (about half a minute) ...')
  await build()
}
