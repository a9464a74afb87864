/** What this device calls itself, for whoever looks through a list of devices. */

type Hints = { platform: string }

const systems: readonly (readonly [RegExp, string])[] = [
  [/Windows/i, 'Windows'],
  [/Android/i, 'Android'],
  [/iPhone|iPad/i, 'iOS'],
  [/Mac/i, 'macOS'],
  [/CrOS|Chrome ?OS/i, 'ChromeOS'],
  [/Linux/i, 'Linux'],
]

const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg/, 'Edge'],
  [/OPR|Opera/, 'Opera'],
  [/Firefox/, 'Firefox'],
  [/Chrom/, 'Chrome'],
  [/Safari/, 'Safari'],
]

const nameIn = (known: typeof systems, text: string): string | undefined =>
  known.find(([pattern]) => pattern.test(text))?.[1]

/** `Desktop app on Windows`, `Firefox on Linux`; from what the browser tells of itself. */
export const deviceName = (
  about: { userAgent: string; userAgentData?: Hints },
  isDesktop: boolean,
): string => {
  const { userAgent, userAgentData } = about
  const system = nameIn(systems, `${userAgentData?.platform ?? ''} ${userAgent}`)
  const app = isDesktop ? 'Desktop app' : (nameIn(browsers, userAgent) ?? 'Browser')
  return system ? `${app} on ${system}` : app
}
