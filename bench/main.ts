/** `npm run bench`: one JSON object a line on stdout. */
import { parseArgs } from 'node:util'
import { clientBootstrap } from './client'
import type { Benchmark } from './result'
import { sync } from './sync'
import { ui } from './ui'

const benchmarks: readonly Benchmark[] = [sync, clientBootstrap, ui]

const { values } = parseArgs({
  options: { only: { type: 'string' }, records: { type: 'string' } },
})

const chosen = benchmarks.filter(
  ({ name }) =>
    values.only === undefined || values.only.startsWith(name) || name.startsWith(values.only),
)
if (chosen.length === 0) {
  console.error(
    `No benchmark is called ${values.only}. There are: ${benchmarks.map(({ name }) => name).join(', ')}.`,
  )
  process.exit(2)
}
for (const benchmark of chosen)
  for (const records of values.records ? [Number(values.records)] : benchmark.records)
    await benchmark.run({ records, report: (result) => console.log(JSON.stringify(result)) })
process.exit(0)
