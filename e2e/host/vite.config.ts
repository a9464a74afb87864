import path from 'node:path'
import { defineConfig } from 'vite'

/** Bundles the stand-in as CommonJS, which both require() and import can load as one instance. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    ssr: true,
    outDir: path.resolve(import.meta.dirname, '../../out/host'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: {
        boot: path.join(import.meta.dirname, 'boot.ts'),
        electron: path.join(import.meta.dirname, 'electron.ts'),
      },
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
    },
  },
})
