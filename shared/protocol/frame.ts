/** MessagePack frames (https://msgpack.org) shared by both ends of `/sync`. */
import { decode, encode } from '@msgpack/msgpack'

/** One message as bytes. Absent keys stay absent: `undefined` is not sent as null. */
export const encodeFrame = (message: unknown): Uint8Array<ArrayBuffer> =>
  encode(message, { ignoreUndefined: true })

/** Bytes to a value of unknown shape; throws for what is not MessagePack. */
export const decodeFrame = (bytes: ArrayLike<number> | ArrayBufferLike): unknown => decode(bytes)
