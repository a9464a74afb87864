import type { Configuration } from 'electron-builder'

/** Only a build made for tests may be inspected, which Playwright needs. */
const isTestBuild = process.env.ROADBOOK_TEST_BUILD === '1'

const config: Configuration = {
  appId: 'test.roadbook.desktop',
  productName: 'Roadbook',
  electronVersion: '45.4.1',
  npmRebuild: false,
  asar: true,
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
    grantFileProtocolExtraPrivileges: false,
  },
  protocols: [{ name: 'Roadbook', schemes: ['roadbook', 'tel'] }],
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.business',
    hardenedRuntime: true,
    notarize: true,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
  },
  win: { target: ['nsis'], verifyUpdateCodeSignature: true },
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Office',
    maintainer: 'The Roadbook authors <hello@roadbook.test>',
  },
  publish: { provider: 'generic', url: process.env.UPDATE_URL ?? 'https://updates.roadbook.test' },
}

export default config
