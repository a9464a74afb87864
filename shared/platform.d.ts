/** The few globals that both Node and browsers have and that `lib` ES2023 does not declare. */
declare const crypto: { getRandomValues: (array: Uint8Array) => Uint8Array }
declare class URL {
  constructor(text: string)
  readonly protocol: string
  readonly hostname: string
}
declare class TextDecoder {
  constructor(encoding: string, options?: { fatal?: boolean })
  decode(bytes: Uint8Array): string
}
