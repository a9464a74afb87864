/** `npm run sim`: runs seeds, prints what fails and how, ends with `N passed, N failed`. */
import { parseArgs } from 'node:util'
import { shrink } from './shrink'
import { simulate } from './simulate'
import { scheduleOf } from './steps'
import { real } from './variant'

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** The shortest way to fail that was found, as people read it. */
const explain = async (seed: number): Promise<void> => {
  const steps = await shrink(seed, scheduleOf(seed), real)
  const { violations, trace } = await simulate(seed, steps)
  print(`seed ${seed} fails:`)
  for (const line of trace) print(`  ${line}`)
  for (const violation of violations) print(`  ! ${violation}`)
}

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      trace: { type: 'boolean', default: false },
    },
  })
  const [from, seeds] = [Number(values.from), Number(values.seeds)]
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(seeds))
    throw new RangeError('Usage: npm run sim -- --seeds N --from S [--trace]')
  const count = { passed: 0, failed: 0 }
  const begun = performance.now()
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { violations, trace } = await simulate(seed, scheduleOf(seed))
    count[violations.length === 0 ? 'passed' : 'failed'] += 1
    if (values.trace) print([`seed ${seed}`, ...trace].join('\n'))
    if (violations.length > 0) await explain(seed)
  }
  print(`${(seeds / ((performance.now() - begun) / 1000)).toFixed(1)} seeds a second`)
  print(`${count.passed} passed, ${count.failed} failed`)
  process.exitCode = count.failed === 0 ? 0 : 1
}

await main()
