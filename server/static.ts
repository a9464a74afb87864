/** The web client: the very files that the desktop app shows. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Hono } from 'hono'
import { Refusal } from '../shared/kernel/refusal'
import { contentSecurityPolicy, withNonce } from '../shared/protocol/csp'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/** The file below `root` that a path names, or `undefined`; never one outside. */
const fileBelow = (root: string, urlPath: string): string | undefined => {
  const file = path.normalize(path.join(root, urlPath))
  if (!file.startsWith(root + path.sep)) return undefined
  try {
    return fs.statSync(file).isFile() ? file : undefined
  } catch {
    // Nothing there, or a name that no file can have.
    return undefined
  }
}

const decoded = (urlPath: string): string | undefined => {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    // A malformed escape names no file.
    return undefined
  }
}

/** Serves the built renderer; addresses of screens get the page itself. */
export const createStaticRoutes = (root: string): Hono => {
  const routes = new Hono()
  const page = (): Response => {
    const index = path.join(root, 'index.html')
    if (!fs.existsSync(index))
      throw new Refusal('request.not-found', {
        detail: 'The app has not been built yet: npm run build.',
      })
    const nonce = randomBytes(16).toString('base64')
    return new Response(withNonce(fs.readFileSync(index, 'utf8'), nonce), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy({
          nonce,
          connect: [
            'https:',
            'wss:',
            'http://localhost:*',
            'ws://localhost:*',
            'http://127.0.0.1:*',
            'ws://127.0.0.1:*',
          ],
        }),
        'cache-control': 'no-cache',
      },
    })
  }
  routes.get('*', (c) => {
    const urlPath = decoded(c.req.path)
    const file = urlPath === undefined ? undefined : fileBelow(root, urlPath)
    if (file && path.basename(file) !== 'index.html')
      return new Response(new Uint8Array(fs.readFileSync(file)), {
        headers: {
          'content-type': types[path.extname(file)] ?? 'application/octet-stream',
          // Built files carry a hash of their content in the name.
          'cache-control': urlPath?.startsWith('/assets/')
            ? 'public, max-age=31536000, immutable'
            : 'no-cache',
        },
      })
    if (urlPath === undefined || path.extname(urlPath) !== '')
      throw new Refusal('request.not-found')
    return page()
  })
  return routes
}
