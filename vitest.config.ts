import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      '{shared,server,src-renderer,src-main,scripts,bench}/**/*.test.{ts,tsx}',
      'e2e/{host,integration,sim}/**/*.test.ts',
    ],
    environment: 'node',
    // Two cores are what a build machine has; more workers only make timing worse.
    maxWorkers: 2,
    // Key derivation is slow on purpose, and a loaded machine is slower still.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
