/** Whose page it is: the app's own origin and nothing else is trusted. */

export const scheme = 'app'
export const host = 'roadbook'
export const origin = `${scheme}://${host}`

/** Whether a page's address is the app's own, or the given development server's. */
export const isTrusted = (url: string, devServer?: string): boolean => {
  if (url === origin || url.startsWith(`${origin}/`)) return true
  return devServer !== undefined && (url === devServer || url.startsWith(`${devServer}/`))
}
