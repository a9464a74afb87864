import fs from 'node:fs'
import path from 'node:path'
import babel from '@rolldown/plugin-babel'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { ipcContract, ipcEvents } from './shared/protocol/ipc'

const from = (file: string): string => path.resolve(import.meta.dirname, file)

const { version } = JSON.parse(fs.readFileSync(from('package.json'), 'utf8'))

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Everything goes into the bundle; the package carries no node_modules.
      externalizeDeps: false,
      rollupOptions: { input: { main: from('src-main/main.ts') } },
    },
  },
  preload: {
    define: {
      __IPC_CHANNELS__: JSON.stringify(JSON.stringify(Object.keys(ipcContract))),
      __IPC_EVENTS__: JSON.stringify(JSON.stringify(Object.keys(ipcEvents))),
    },
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: from('src-main/preload.ts') },
        // A sandboxed preload is CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    // Screens have addresses of their own, so files are named from the root, whatever the page.
    experimental: { renderBuiltUrl: (file) => `/${file}` },
    define: { __APP_VERSION__: JSON.stringify(version) },
    // What a component does not show anew is not computed anew: React's compiler sees to that.
    plugins: [react(), babel({ presets: [reactCompilerPreset()] })],
    worker: { format: 'es' },
    // Each response puts its own nonce in place of this.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: from('out/renderer'),
      emptyOutDir: true,
      target: 'chrome138',
      chunkSizeWarningLimit: 2000,
      rollupOptions: {
        input: { index: from('src-renderer/index.html') },
        // Compiling components takes most of a build, on a busy machine so much that it is remarked on.
        checks: { bundlerTimings: false },
        onwarn: (warning, warn) => {
          // @mantine/schedule asks whether rrule has a default export, and copes with there being none.
          if (warning.code !== 'IMPORT_IS_UNDEFINED' || !warning.message.includes('rrule'))
            warn(warning)
        },
      },
    },
  },
})
