import { describe, expect, it } from 'vitest'
import { faults, openLookup } from './broken'
import { simulate } from './simulate'
import { type Step, scheduleOf } from './steps'

/** More of them, and what to do with a failing one: `npm run sim`, see CONTRIBUTING.md. */
const seeds = 200
const mostSeeds = 150
/** Seeds beyond those that once showed a fault of the product. */
const onceFailed = [289, 319, 974, 1133, 5152, 9102, 30344]

/** Somebody whose laptop holds little looks for a lead, and their role shows none: too rare to wait for. */
const seeking = [
  { do: 'role', role: 'support', on: 1 },
  { do: 'wait', ms: 70_000, on: 1 },
  ...[2, 0, 1].map((record) => ({ do: 'create', record, on: 0 })),
  { do: 'copy', latest: 1, on: 1 },
  { do: 'look', record: 2, on: 1 },
  // Whose shapes are those of `Step`, each with its number.
].map((step, id) => ({ ...step, id, run: 400 })) as Step[]

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

  it('notices when what is looked up is shown to whoever asks', async () => {
    const { finding } = openLookup()
    expect((await simulate(1, seeking)).violations).toEqual([])
    expect((await simulate(1, seeking, openLookup())).violations).toEqual([
      expect.stringMatching(finding),
    ])
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
