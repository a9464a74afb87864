import fs from 'node:fs'
import path from 'node:path'
import type { Configuration } from 'electron-builder'

const description = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, 'package.json'), 'utf8'),
)

const { env } = process

/** Only a build made for tests may be inspected, which Playwright needs. */
const isTestBuild = env.ROADBOOK_TEST_BUILD === '1'

/** An installer made without the address of a feed never looks for updates. */
const feed = env.UPDATE_URL
  ? ({ provider: 'generic', url: env.UPDATE_URL, channel: env.UPDATE_CHANNEL || 'latest' } as const)
  : null

/** Azure Trusted Signing, where the release job brings an account; see docs/releasing.md. */
const azure = env.AZURE_SIGNING_ACCOUNT
  ? {
      azureSignOptions: {
        publisherName: env.AZURE_PUBLISHER_NAME ?? '',
        endpoint: env.AZURE_SIGNING_ENDPOINT ?? '',
        certificateProfileName: env.AZURE_SIGNING_PROFILE ?? '',
        codeSigningAccountName: env.AZURE_SIGNING_ACCOUNT,
      },
    }
  : {}

const config: Configuration = {
  appId: 'test.roadbook.desktop',
  productName: description.productName,
  // The version is pinned without a range, so that an installer says exactly what it carries.
  electronVersion: description.devDependencies.electron,
  npmRebuild: false,
  asar: true,
  // A release is signed or it is not made.
  forceCodeSigning: env.ROADBOOK_RELEASE === '1' && process.platform !== 'linux',
  directories: { output: 'dist', buildResources: 'build' },
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    '!node_modules',
    '!**/*.map',
  ],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: isTestBuild,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  protocols: [
    { name: 'Roadbook record', schemes: ['roadbook'] },
    { name: 'Telephone number', schemes: ['tel'], role: 'Viewer' },
  ],
  mac: {
    // The updater takes the zip, people the disk image.
    target: [
      { target: 'dmg', arch: ['x64', 'arm64'] },
      { target: 'zip', arch: ['x64', 'arm64'] },
    ],
    category: 'public.app-category.business',
    icon: 'build/icon.icns',
    hardenedRuntime: true,
    notarize: true,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
  },
  win: {
    target: ['nsis'],
    icon: 'build/icon.ico',
    verifyUpdateCodeSignature: true,
    ...azure,
  },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  linux: {
    target: ['AppImage', 'deb'],
    icon: 'build/icons',
    category: 'Office',
    maintainer: `${description.author.name} <${description.author.email}>`,
  },
  publish: feed,
}

export default config
