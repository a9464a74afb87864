/** The content security policy that the desktop's `app://` protocol and the server both send. */

/** Stands in index.html where each response gets a fresh nonce. */
export const noncePlaceholder = '__CSP_NONCE__'

/** Puts the nonce of one response into the page. */
export const withNonce = (html: string, nonce: string): string =>
  html.replaceAll(noncePlaceholder, nonce)

/**
 * The policy's header value. `connect` lists the origins besides its own that the page may talk
 * to. Styles need a nonce, scripts come from files alone, and strings reach the DOM through
 * Trusted Types only.
 */
export const contentSecurityPolicy = (options: {
  nonce: string
  connect: readonly string[]
}): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${options.nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...options.connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default ProseMirrorClipboard roadbook roadbook-import',
  ].join('; ')
