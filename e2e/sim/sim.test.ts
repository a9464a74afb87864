import { describe, expect, it } from 'vitest'
import { faults } from './broken'
import { simulate } from './simulate'
import { scheduleOf } from './steps'

/** More of them, and what to do with a failing one: `npm run sim`, see CONTRIBUTING.md. */
const seeds = 200
const mostSeeds = 150
/** Seeds beyond those that once showed a fault of the product. */
const onceFailed = [289, 319, 974, 1133, 5152, 9102]

describe('the simulator', () => {
  it.each(Array.from({ length: 10 }, (_, part) => part))(
    'finds nothing wrong with the product, part %i',
    async (part) => {
      const failing: string[] = []
      for (let seed = 1 + part; seed <= seeds; seed += 10) {
        const { violations } = await simulate(seed, scheduleOf(seed))
        failing.push(...violations.map((violation) => `seed ${seed}: ${violation}`))
      }
      expect(failing, 'npm run sim -- --seeds 1 --from <seed> shows how').toEqual([])
    },
  )

  it.each(onceFailed)('finds nothing wrong any more with seed %i', async (seed) => {
    expect((await simulate(seed, scheduleOf(seed))).violations).toEqual([])
  })

  it('does the same for the same seed', async () => {
    const [first, second] = [await simulate(7, scheduleOf(7)), await simulate(7, scheduleOf(7))]
    expect(first.trace).toEqual(second.trace)
  })

  it.each(faults.map((make) => ({ make, name: make().name })))(
    'notices when $name',
    async ({ make }) => {
      const { finding } = make()
      for (let seed = 1; seed <= mostSeeds; seed += 1) {
        const { violations } = await simulate(seed, scheduleOf(seed), make())
        if (violations.some((violation) => finding.test(violation))) return
      }
      expect.fail(`${mostSeeds} seeds did not show it`)
    },
  )
})
