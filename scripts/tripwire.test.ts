/**
 * Walls of the house that no compiler keeps: which folder may import which, and how large a file
 * may grow. The largest files are printed at every run, so that drift is seen.
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.cts'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => file !== '' && fs.existsSync(path.join(root, file)))

const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8')

/** Folders, most specific first, and the folders whose files they may import. */
const directions: readonly [from: string, to: readonly string[]][] = [
  ['shared/kernel', ['shared/kernel']],
  ['shared/crdt', ['shared/crdt', 'shared/kernel']],
  ['shared/protocol', ['shared/protocol', 'shared/kernel', 'shared/crdt']],
  ['shared/features', ['shared/features', 'shared/kernel']],
  ['shared/portability', ['shared/portability', 'shared/kernel', 'shared/features']],
  ['server/db', ['server/db']],
  ['server/features', ['server/features', 'server/kernel', 'server/auth', 'server/db', 'shared']],
  ['server', ['server', 'shared']],
  ['src-renderer/ui', ['src-renderer/ui']],
  ['src-renderer/local', ['src-renderer/local', 'shared']],
  [
    'src-renderer/kernel',
    ['src-renderer/kernel', 'src-renderer/local', 'src-renderer/ui', 'src-renderer/i18n', 'shared'],
  ],
  [
    'src-renderer/features',
    [
      'src-renderer/features',
      'src-renderer/kernel',
      'src-renderer/local',
      'src-renderer/ui',
      'src-renderer/i18n',
      'shared',
    ],
  ],
  ['src-renderer', ['src-renderer', 'shared']],
  ['src-main', ['src-main', 'shared']],
  ['e2e', ['e2e', 'shared', 'server', 'src-renderer', 'src-main', 'scripts', 'bench']],
]

const isBelow = (file: string, folder: string): boolean => file.startsWith(`${folder}/`)

const importsOf = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    path.posix.join(path.posix.dirname(file), match[1] ?? ''),
  )

const featureOf = (file: string): string | undefined =>
  /^(?:server|src-renderer)\/features\/([^/]+)\/[^/]+/.exec(file)?.[1]

const isForbidden = (file: string, target: string): boolean => {
  const allowed = directions.find(([from]) => isBelow(file, from))?.[1]
  if (allowed && !allowed.some((folder) => isBelow(target, folder))) return true
  const [own, other] = [featureOf(file), featureOf(target)]
  return own !== undefined && other !== undefined && own !== other
}

const linesOf = (file: string): number => read(file).split('\n').length

describe('the house', () => {
  it('imports in one direction only', () => {
    const code = sources.filter((file) => !/\.test\.tsx?$|\/test-[a-z-]+\.ts$/.test(file))
    const wrong = code.flatMap((file) =>
      importsOf(file)
        .filter((target) => isForbidden(file, target))
        .map((target) => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('knows a forbidden import when it sees one', () => {
    expect(isForbidden('shared/kernel/a.ts', 'shared/crdt/b')).toBe(true)
    expect(isForbidden('src-renderer/kernel/a.ts', 'server/db/open')).toBe(true)
    expect(isForbidden('src-renderer/features/leads/a.ts', 'src-renderer/features/tags/b')).toBe(
      true,
    )
    expect(isForbidden('server/sync/a.ts', 'shared/crdt/b')).toBe(false)
  })

  it('keeps every file under 400 lines', () => {
    const largest = sources
      .map((file) => ({ file, lines: linesOf(file) }))
      .sort((a, b) => b.lines - a.lines)
    process.stdout.write(
      `${largest
        .slice(0, 10)
        .map(({ file, lines }) => `${String(lines).padStart(5)} ${file}`)
        .join('\n')}\n`,
    )
    expect(largest.filter(({ lines }) => lines > 400)).toEqual([])
  })
})
