/** Bytes of a file to text: the encodings that exports of address books come in. */

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const

export type Encoding = (typeof encodings)[number]

export type Decoded = { text: string; encoding: Encoding }

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte)

/** The encoding by byte order mark, by zero bytes, by whether it is UTF-8 at all. */
export const detectEncoding = (bytes: Uint8Array): Encoding => {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be'
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8'
  const start = bytes.subarray(0, 1000)
  const zeros = (odd: number) =>
    start.filter((byte, index) => byte === 0 && index % 2 === odd).length
  if (zeros(1) > start.length / 4) return 'utf-16le'
  if (zeros(0) > start.length / 4) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    // Throwing is how a strict decoder says no.
    return false
  }
}

/** The text without its byte order mark; `encoding` overrides what would be detected. */
export const decodeText = (
  bytes: Uint8Array,
  encoding: Encoding = detectEncoding(bytes),
): Decoded => ({
  text: new TextDecoder(encoding).decode(bytes).replace(/^\uFEFF/, ''),
  encoding,
})

/** Whether this is no text at all (a spreadsheet, a picture, a zip). */
export const isBinary = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0x50, 0x4b) ||
  startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0) ||
  startsWith(bytes, 0x25, 0x50, 0x44, 0x46) ||
  (detectEncoding(bytes) === 'windows-1252' && bytes.subarray(0, 2000).includes(0))
