import { expect, it } from 'vitest'
import { deviceName } from './device-name'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

it('says which app on which system', () => {
  expect(deviceName({ userAgent: chrome }, false)).toBe('Chrome on Windows')
  expect(deviceName({ userAgent: chrome }, true)).toBe('Desktop app on Windows')
  expect(deviceName({ userAgent: `${chrome} Edg/140.0` }, false)).toBe('Edge on Windows')
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  expect(deviceName({ userAgent: firefox }, false)).toBe('Firefox on Linux')
  const safari =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'
  expect(deviceName({ userAgent: safari }, false)).toBe('Safari on macOS')
})

it('believes what is told on purpose before what is in the old text', () => {
  const hints = { platform: 'Chrome OS' }
  expect(
    deviceName(
      { userAgent: chrome.replace('Windows NT 10.0; Win64', 'X11'), userAgentData: hints },
      false,
    ),
  ).toBe('Chrome on ChromeOS')
})

it('says what it knows where that is little', () => {
  expect(deviceName({ userAgent: '' }, false)).toBe('Browser')
})
