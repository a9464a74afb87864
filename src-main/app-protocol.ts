/** `app://roadbook/`: the built renderer, with its policy on every answer. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { contentSecurityPolicy, withNonce } from '../shared/protocol/csp'
import { host } from './origin'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Servers people name at sign-in; plain HTTP only on this very machine. */
const connect = [
  'https:',
  'wss:',
  'http://localhost:*',
  'ws://localhost:*',
  'http://127.0.0.1:*',
  'ws://127.0.0.1:*',
]

/** The file that an address names, `index.html` for a screen's; `undefined` for anything outside. */
export const fileOf = (root: string, url: string): string | undefined => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.host !== host) return undefined
  const decoded = decode(parsed.pathname)
  if (decoded === undefined || decoded.includes('\0')) return undefined
  const file = path.normalize(path.join(root, decoded))
  if (file !== root && !file.startsWith(root + path.sep)) return undefined
  return path.extname(file) === '' ? path.join(root, 'index.html') : file
}

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    // A malformed escape names no file.
    return undefined
  }
}

const notFound = (): Response => new Response('Not found', { status: 404 })

const read = async (file: string): Promise<Buffer | undefined> => {
  try {
    return await fs.readFile(file)
  } catch {
    // Absent, or a folder: either way there is nothing to show.
    return undefined
  }
}

/** Answers requests of the `app` scheme from the folder of the built renderer. */
export const createAppProtocol =
  (root: string) =>
  async (request: { url: string }): Promise<Response> => {
    const file = fileOf(root, request.url)
    const content = file === undefined ? undefined : await read(file)
    if (file === undefined || content === undefined) return notFound()
    const nonce = randomBytes(16).toString('base64')
    const isPage = path.extname(file) === '.html'
    const body = isPage ? withNonce(content.toString('utf8'), nonce) : new Uint8Array(content)
    return new Response(body, {
      headers: {
        'content-type': types[path.extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy({ nonce, connect }),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      },
    })
  }
