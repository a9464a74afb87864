/** Passwords by scrypt (RFC 7914); the parameters stand in the hash, so that they can be raised. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** What a hash costs: scrypt's parameters. */
export type PasswordCost = { N: number; r: number; p: number }

/** One of the settings that the OWASP Password Storage Cheat Sheet holds for equal: 32 MB a hash. */
const parameters: PasswordCost = { N: 2 ** 15, r: 8, p: 3 }
const keyLength = 32

/** A hash that no password has and that takes as long to verify as a real one. */
export const hashOfNobody = [
  'scrypt',
  parameters.N,
  parameters.r,
  parameters.p,
  'A'.repeat(22),
  'A'.repeat(43),
].join('$')

const derive = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const memory = 256 * (options.N ?? 0) * (options.r ?? 0)
    scrypt(
      password.normalize('NFKC'),
      salt,
      keyLength,
      { ...options, maxmem: memory },
      (error, key) => (error ? reject(error) : resolve(key)),
    )
  })

/** A hash to store: `scrypt$N$r$p$salt$key`. */
export const hashPassword = async (
  password: string,
  cost: PasswordCost = parameters,
): Promise<string> => {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  const { N, r, p } = cost
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether the password is the one that was hashed. */
export const verifyPassword = async (password: string, hash: string): Promise<boolean> => {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false
  const expected = Buffer.from(key, 'base64url')
  const given = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  })
  return given.length === expected.length && timingSafeEqual(given, expected)
}
