import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clampStamp, createClock, formatStamp, maxDriftMs, parseStamp } from './clock'

const device = 'aaaaaaaaaa'

it('C1: every stamp is greater than all before, even when the clock jumps back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2_000_000_000_000 }), { minLength: 1, maxLength: 50 }),
      (times) => {
        let index = 0
        const clock = createClock({ device, now: () => times[index++ % times.length] ?? 0 })
        const stamps = times.map(() => clock.next())
        expect([...new Set(stamps)].sort()).toEqual(stamps)
      },
    ),
  )
})

it('C1: an edit after a foreign one ranks after it', () => {
  const clock = createClock({ device, now: () => 1000 })
  const foreign = formatStamp({ ms: 1500, counter: 7, device: 'zzzzzzzzzz' })
  clock.see(foreign)
  expect(clock.next() > foreign).toBe(true)
})

it('C2: a stamp from years ahead does not drag the clock along', () => {
  const clock = createClock({ device, now: () => 1000 })
  clock.see(formatStamp({ ms: 1000 + maxDriftMs + 1, counter: 0, device: 'zzzzzzzzzz' }))
  expect(parseStamp(clock.next()).ms).toBe(1000)
})

it('moves a stamp beyond the limit back to it and leaves others alone', () => {
  const stamp = formatStamp({ ms: 5000, counter: 2, device })
  expect(clampStamp(stamp, 6000)).toBe(stamp)
  expect(parseStamp(clampStamp(stamp, 4000))).toEqual({ ms: 4000, counter: 2, device })
})

it('refuses what is no stamp', () => {
  expect(() => parseStamp('yesterday')).toThrow(RangeError)
})
