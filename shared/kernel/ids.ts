import { v7 } from 'uuid'
import { z } from 'zod'

/** A new record id: UUIDv7 (RFC 9562), made by whoever creates the record, also offline. */
export const newId = (): string => v7()

/** Any RFC 9562 UUID in lower case; ids made elsewhere than here need not be version 7. */
export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a UUID')

const deviceAlphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

/** A new device id: ten characters, lower case letters and digits, about 51 random bits. */
export const newDeviceId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) =>
    deviceAlphabet.charAt(byte % deviceAlphabet.length),
  ).join('')

/** What a device id looks like on the wire and inside a stamp. */
export const deviceIdSchema = z.string().regex(/^[0-9a-z]{10}$/, 'must be 10 of 0-9a-z')
