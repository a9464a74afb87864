/**
 * `protocol` and `session`. Chromium knows no custom schemes, so `app://host/...` is served as
 * `https://host.app.localhost/...` by answering the requests themselves.
 */
import { cdp, cdpQuietly, onCdp } from './chromium'
import { preventable, strict } from './strict'

type Handler = (request: Request) => Response | Promise<Response>

const privileged = new Set<string>()
const handlers = new Map<string, Handler>()

const isOurs = (scheme: string): boolean => privileged.has(scheme) || handlers.has(scheme)

/** The app's address as the network sees it. */
export const toNetwork = (url: string): string =>
  url.replace(/^([a-z][\w+.-]*):\/\/([^/?#]*)/, (all, scheme: string, host: string) =>
    isOurs(scheme) ? `https://${host}.${scheme}.localhost` : all,
  )

/** The network's address as the app sees it. */
export const toApp = (url: string): string =>
  url.replace(
    /^https:\/\/([^/?#]*)\.([a-z][\w+-]*)\.localhost/,
    (all, host: string, scheme: string) => (isOurs(scheme) ? `${scheme}://${host}` : all),
  )

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: readonly { scheme: string }[]) => {
    for (const { scheme } of schemes) privileged.add(scheme)
  },
  handle: (scheme: string, handler: Handler) => {
    handlers.set(scheme, handler)
  },
})

type Contents = {
  mainFrame: string
  loading: string | undefined
  emit: (name: string, ...args: unknown[]) => boolean
}

/** The pages there are; set by `web-contents.ts`, which depends on this file. */
export const pages: { all: () => Contents[] } = { all: () => [] }

const answer = async (requestId: string, request: Request, handler: Handler): Promise<void> => {
  const response = await handler(request)
  await cdp('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  })
}

/** A navigation that the app did not start itself may be prevented by it. */
const isPrevented = (contents: Contents | undefined, url: string): boolean => {
  if (!contents || url === contents.loading) return false
  const event = preventable({ url, isMainFrame: true, isSameDocument: false })
  contents.emit('will-navigate', event, url)
  return event.defaultPrevented
}

onCdp('Fetch.requestPaused', async ({ requestId, request, resourceType, frameId }, sessionId) => {
  const url = toApp(request.url)
  const contents = pages.all().find((one) => one.mainFrame === frameId)
  const fail = (errorReason: string) =>
    cdpQuietly('Fetch.failRequest', { requestId, errorReason }, sessionId)
  try {
    if (resourceType === 'Document' && isPrevented(contents, url)) return fail('Aborted')
    const handler = handlers.get(new URL(url).protocol.slice(0, -1))
    if (!handler) return cdpQuietly('Fetch.continueRequest', { requestId }, sessionId)
    const init = {
      method: request.method,
      headers: request.headers,
      ...(request.postData ? { body: request.postData } : {}),
    }
    await answer(requestId, new Request(url, init), handler)
  } catch (error) {
    process.stderr.write(`stand-in: ${url}: ${error}\n`)
    fail('Failed')
  }
})

type Check = (contents: unknown, permission: string, origin: string, details: object) => boolean
type Ask = (
  contents: { getURL: () => string },
  permission: string,
  decide: (ok: boolean) => void,
) => void

const rules: { check: Check | null; ask: Ask | null } = { check: null, ask: null }

/** DevTools' names of permissions, by Electron's. */
const permissions: readonly [electron: string, devtools: string][] = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['media', 'microphone'],
  ['media', 'camera'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['midi', 'midi'],
  ['persistent-storage', 'persistent-storage'],
  ['idle-detection', 'idle-detection'],
  ['display-capture', 'display-capture'],
  ['local-network-access', 'local-network-access'],
  ['local-network', 'local-network'],
  ['loopback-network', 'loopback-network'],
]

const decide = (
  contents: { getURL: () => string },
  permission: string,
  origin: string,
): boolean => {
  const isChecked = rules.check ? rules.check(contents, permission, origin, {}) : true
  if (!isChecked || !rules.ask) return isChecked
  const decision = { ok: false }
  rules.ask(contents, permission, (ok) => {
    decision.ok = ok
  })
  return decision.ok
}

/** Asks the app's permission handlers and tells Chromium what they said. */
export const applyPermissions = async (url: string): Promise<void> => {
  const { origin } = new URL(toNetwork(url))
  for (const [electron, devtools] of permissions) {
    const setting = decide({ getURL: () => url }, electron, toApp(origin)) ? 'granted' : 'denied'
    await cdp('Browser.setPermission', { permission: { name: devtools }, setting, origin }).catch(
      () => {
        // Not every Chromium knows every permission; an unknown one cannot be used either.
      },
    )
  }
}

export const session = strict('session', {
  defaultSession: strict('session.defaultSession', {
    protocol,
    setPermissionCheckHandler: (check: Check | null) => {
      rules.check = check
    },
    setPermissionRequestHandler: (ask: Ask | null) => {
      rules.ask = ask
    },
  }),
})
