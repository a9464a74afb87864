import { cpSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vite'

const out = path.resolve(import.meta.dirname, '../out/server')

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    ssr: 'main.ts',
    outDir: out,
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    minify: false,
  },
  // All of our own and all that is plain JavaScript goes in; the native module stays outside.
  ssr: { noExternal: true, external: ['better-sqlite3', 'pino'] },
  plugins: [
    {
      name: 'copy-what-is-read-at-run-time',
      closeBundle: () => {
        for (const name of ['migrations', 'checkpoint-thread.mjs'])
          cpSync(path.join(import.meta.dirname, 'db', name), path.join(out, name), {
            recursive: true,
          })
      },
    },
  ],
})
