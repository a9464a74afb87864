/** `npm run bench`: one JSON object a line on stdout. */
import { parseArgs } from 'node:util'
import { board } from './board'
import { clientBootstrap } from './client'
import type { Benchmark } from './result'
import { sync } from './sync'
import { ui } from './ui'

const benchmarks: readonly Benchmark[] = [sync, clientBootstrap, ui, board]

const { values } = parseArgs({
  options: { only: { type: 'string' }, records: { type: 'string' } },
})

/** Those whose name begins as wanted, else the one whose figures begin so. */
const chosenBy = (only: string): Benchmark[] => {
  const named = benchmarks.filter(({ name }) => name.startsWith(only))
  return named.length > 0 ? named : benchmarks.filter(({ name }) => only.startsWith(name))
}

const chosen = values.only === undefined ? benchmarks : chosenBy(values.only)
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
