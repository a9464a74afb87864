/**
 * The content security policy lets strings reach the DOM through Trusted Types only. React puts the
 * text of style elements in as HTML; text without a tag is harmless, and nothing else passes.
 */

type PolicyFactory = {
  createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => unknown
}

const policies = (): PolicyFactory | undefined =>
  (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes

/** Installs the default policy; does nothing where the browser has no Trusted Types. */
export const allowStyleText = (): void => {
  policies()?.createPolicy('default', {
    createHTML: (text) => {
      if (text.includes('<')) throw new TypeError('HTML from strings is not allowed')
      return text
    },
  })
}
