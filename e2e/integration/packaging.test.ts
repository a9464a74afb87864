/**
 * What goes into an installer. The real packager runs over a stand-in for Electron's executable
 * that holds nothing but a fuse wire, so that all of this is proved without the runtime.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { extractFile, getRawHeader, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import config from '../../electron-builder.config'
import { newFolder, removeFolder } from '../start'

const root = path.resolve(import.meta.dirname, '../..')
const work = newFolder('packaging')
const runtime = path.join(work, 'runtime')
const packed = path.join(work, 'dist', 'linux-unpacked')

/** The sentinel that marks the fuses in Electron's executable, a version, a length, nine fuses. */
const wire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101101111'),
])

const makeRuntime = (): void => {
  fs.mkdirSync(path.join(runtime, 'resources'), { recursive: true })
  fs.writeFileSync(path.join(runtime, 'electron'), Buffer.concat([Buffer.alloc(64), wire]), {
    mode: 0o755,
  })
  for (const [name, text] of [
    ['version', config.electronVersion ?? ''],
    ['LICENSE', ''],
    ['LICENSES.chromium.html', ''],
  ] as const)
    fs.writeFileSync(path.join(runtime, name), text)
}

const pack = (): void => {
  execFileSync(
    process.execPath,
    [
      'scripts/dist.mjs',
      ...['--linux', '--dir', `-c.directories.output=${path.join(work, 'dist')}`],
    ],
    {
      cwd: root,
      stdio: 'pipe',
      env: {
        ...process.env,
        ELECTRON_OVERRIDE_DIST_PATH: runtime,
        UPDATE_URL: 'https://updates.example.test/roadbook',
      },
    },
  )
}

const asar = path.join(packed, 'resources', 'app.asar')

beforeAll(() => {
  makeRuntime()
  pack()
}, 180_000)

afterAll(() => removeFolder(work))

/** The packager's own validation of a configuration; answers its complaint. */
const complaint = async (changed: object): Promise<string> => {
  const validator = await import('app-builder-lib/out/util/config/config.js')
  const { DebugLogger } = await import('builder-util')
  try {
    await validator.validateConfiguration({ ...config, ...changed }, new DebugLogger(false))
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('the configuration', () => {
  it('is one that the packager takes, and a slip of the pen is not', async () => {
    expect(await complaint({})).toBe('')
    expect(await complaint({ mac: { ...config.mac, hardenedRuntimee: true } })).toContain(
      'configuration.mac',
    )
    expect(await complaint({ electronFuses: { runAsNod: false } })).toContain(
      'configuration.electronFuses',
    )
  })

  it('names files that are there', () => {
    const named = [
      config.mac?.icon,
      config.mac?.entitlements,
      config.win?.icon,
      config.linux?.icon,
      'out/main/main.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
    ]
    for (const file of named) {
      expect(file).toEqual(expect.any(String))
      expect(fs.existsSync(path.join(root, String(file))), String(file)).toBe(true)
    }
  })

  it('asks for a hardened runtime, notarization, checked updates and its links', () => {
    expect(config.mac).toMatchObject({ hardenedRuntime: true, notarize: true })
    expect(config.win).toMatchObject({ verifyUpdateCodeSignature: true })
    expect(config.protocols).toMatchObject([{ schemes: ['roadbook'] }, { schemes: ['tel'] }])
    const entitlements = fs.readFileSync(path.join(root, 'build/entitlements.mac.plist'), 'utf8')
    expect([...entitlements.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ])
  })

  it('pins the very Electron that the types and the tests are of', () => {
    expect(config.electronVersion).toMatch(/^\d+\.\d+\.\d+$/)
    const types = JSON.parse(
      fs.readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'),
    )
    expect(config.electronVersion).toBe(types.version)
  })
})

describe('the icons', () => {
  it('are there in every size, and each is of the size that its name says', () => {
    const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
    for (const size of sizes) {
      const png = fs.readFileSync(path.join(root, `build/icons/${size}x${size}.png`))
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size])
    }
  })

  it('hold all sizes for Windows and macOS', () => {
    const ico = fs.readFileSync(path.join(root, 'build/icon.ico'))
    const held = Array.from(
      { length: ico.readUInt16LE(4) },
      (_, index) => ico[6 + 16 * index] || 256,
    )
    expect(held).toEqual([16, 24, 32, 48, 64, 128, 256])
    const icns = fs.readFileSync(path.join(root, 'build/icon.icns'))
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    for (const type of ['icp4', 'ic07', 'ic08', 'ic09', 'ic10', 'ic14'])
      expect(icns.includes(type)).toBe(true)
  })
})

describe('the packed app', () => {
  it('holds the built app and nothing else: no sources, tests, maps or packages', () => {
    const files = listPackage(asar, { isPack: false }).map((file) => file.replaceAll('\\', '/'))
    const strangers = files.filter(
      (file) => !/^\/(package\.json|out|out\/(main|preload|renderer)(\/.*)?)$/.test(file),
    )
    expect(strangers).toEqual([])
    expect(files.filter((file) => /\.(map|tsx?|node)$|test|node_modules|\.env/.test(file))).toEqual(
      [],
    )
    for (const file of [
      '/out/main/main.js',
      '/out/preload/preload.cjs',
      '/out/renderer/index.html',
    ])
      expect(files).toContain(file)
  })

  it('needs no package and no native module at run time', () => {
    const code = listPackage(asar, { isPack: false }).filter((file) =>
      /out\/(main|preload)\/.*\.c?js$/.test(file),
    )
    const wanted = code.flatMap((file) => {
      const text = extractFile(asar, file.slice(1)).toString('utf8')
      return [...text.matchAll(/^import\s[^'"]*["']([^'"]+)["']|\brequire\(["']([^'"]+)["']\)/gm)]
        .map((match) => match[1] ?? match[2] ?? '')
        .filter((name) => !name.startsWith('.') && !name.startsWith('/'))
    })
    const builtin = new Set([...builtinModules, 'electron', 'original-fs'])
    expect([...new Set(wanted)].filter((name) => !builtin.has(name.replace(/^node:/, '')))).toEqual(
      [],
    )
  })

  it('carries a hash of every file, for the runtime to check', () => {
    const { header } = getRawHeader(asar)
    const text = JSON.stringify(header)
    expect(text.match(/"integrity"/g)?.length).toBe(text.match(/"size"/g)?.length)
  })

  it('has its fuses set as decided', async () => {
    const fuses = await getCurrentFuseWire(path.join(packed, 'roadbook'))
    const isOn = (fuse: FuseV1Options): boolean => fuses[fuse] === '1'.charCodeAt(0)
    const set = Object.fromEntries(
      Object.values(FuseV1Options)
        .filter((fuse) => typeof fuse === 'number')
        .map((fuse) => [FuseV1Options[fuse], isOn(fuse)]),
    )
    expect(set).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    })
  })

  it('knows where updates come from, on which channel', () => {
    const feed = fs.readFileSync(path.join(packed, 'resources', 'app-update.yml'), 'utf8')
    expect(feed).toContain('url: https://updates.example.test/roadbook')
    expect(feed).toContain('channel: latest')
  })
})

describe('npm run dist', () => {
  it('says in one line what is missing where there is no runtime', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, ['scripts/dist.mjs'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: path.join(work, 'nothing') },
    })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^No installer can be made here: .* holds no runtime\.$/),
    ])
  })
})
