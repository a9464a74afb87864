/** Slows guessing down: failed sign-ins per address and e-mail, and per address. */
import type { Context } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../../shared/kernel/refusal'

const perAccount = { points: 10, duration: 300, blockDuration: 60 }
/** A whole office may sit behind one address. */
const perAddress = { points: 100, duration: 300, blockDuration: 60 }

/** Where a request comes from; one name for all where there is no socket. */
export const addressOf = (c: Context): string => c.env?.incoming?.socket?.remoteAddress ?? 'local'

const spend = async (limiter: RateLimiterMemory, key: string): Promise<void> => {
  try {
    await limiter.consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const retryAfterS = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
    throw new Refusal('auth.throttled', { retryAfterS })
  }
}

/** Counts attempts before they are checked, so that many at once gain nothing. */
export const createThrottle = () => {
  const accounts = new RateLimiterMemory({ keyPrefix: 'account', ...perAccount })
  const addresses = new RateLimiterMemory({ keyPrefix: 'address', ...perAddress })
  return {
    /** Throws `auth.throttled` when there were too many. */
    attempt: async (address: string, email: string): Promise<void> => {
      await spend(addresses, address)
      await spend(accounts, `${address} ${email}`)
    },
    /** The attempt was no guess. */
    succeed: async (address: string, email: string): Promise<void> => {
      await accounts.delete(`${address} ${email}`)
      await addresses.reward(address)
    },
  }
}
