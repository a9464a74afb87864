/** Resolves `electron` to the stand-in for require() and import, then starts the app as Electron does. */
import fs from 'node:fs'
import Module, { createRequire, register } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const standIn = path.join(__dirname, 'electron.cjs')
const names = /^electron(\/main|\/common)?$/

type Resolver = { _resolveFilename: (request: string, ...rest: unknown[]) => string }

const patchRequire = (): void => {
  const resolver = Module as unknown as Resolver
  const original = resolver._resolveFilename
  resolver._resolveFilename = (request, ...rest) =>
    names.test(request) ? standIn : original(request, ...rest)
}

const patchImport = (): void => {
  const url = JSON.stringify(pathToFileURL(standIn).href)
  const hook = `export const resolve = (name, context, next) => ${names}.test(name) ? { url: ${url}, format: 'commonjs', shortCircuit: true } : next(name, context)`
  register(`data:text/javascript,${encodeURIComponent(hook)}`)
}

const define = (target: object, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, configurable: true, writable: true })
}

/** Modules to load first (`-r`), as Playwright asks for, and the app's folder or file. */
const readArguments = (argv: readonly string[]): { preloads: string[]; app: string } => {
  const preloads: string[] = []
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? ''
    if (argument === '-r') {
      index += 1
      preloads.push(argv[index] ?? '')
    } else if (!argument.startsWith('-')) return { preloads, app: argument }
  }
  return { preloads, app: '.' }
}

const main = async (): Promise<void> => {
  patchRequire()
  patchImport()
  define(process, 'versions', { ...process.versions, electron: '45.4.1' })
  define(process, 'type', 'browser')
  process.argv = [process.argv[0] ?? 'node', ...process.argv.slice(2)]
  const { preloads, app } = readArguments(process.argv.slice(1))
  const folder = path.resolve(app)
  const description = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  Object.assign(globalThis, { standInApp: { folder, description } })
  const require = createRequire(__filename)
  for (const preload of preloads) require(preload)
  await import(pathToFileURL(path.join(folder, description.main)).href)
  await require(standIn).startStandIn()
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  process.exit(1)
})
