/** What people, machines and networks do in a run: plain data, so that a schedule can be cut down. */
import { createRandom, type Random } from '../../server/demo/random'
import type { Role } from '../../shared/kernel/access'

/** A record by number: `contact`, `account` or `lead` in turn. */
export type Step = { id: number; on: number; run: number } & (
  | { do: 'create'; record: number }
  | { do: 'edit'; record: number; field: number; bad: boolean }
  | { do: 'tag'; record: number; tag: number }
  | { do: 'write'; record: number; how: 'set' | 'editor' }
  | { do: 'strike'; record: number }
  | { do: 'group'; records: number[]; bad: boolean }
  | { do: 'delete'; record: number }
  | { do: 'undo' }
  | { do: 'redo' }
  | { do: 'retry' }
  | { do: 'discard' }
  | { do: 'offline' }
  | { do: 'online' }
  | { do: 'cut'; silent: boolean }
  | { do: 'slow'; isSlow: boolean }
  | { do: 'kill' }
  | { do: 'boot' }
  | { do: 'clock'; years: number }
  | { do: 'wait'; ms: number }
  | { do: 'role'; role: Role }
  | { do: 'killServer' }
  | { do: 'startServer' }
  | { do: 'look'; record: number }
  | { do: 'copy'; latest: number | null }
  | { do: 'snapshot' }
  | { do: 'restore' }
)

export const computerCount = 3
const recordCount = 3

const record = (random: Random) => random.below(recordCount)
const anyTwo = (random: Random): number[] => {
  const first = record(random)
  return [first, (first + 1 + random.below(recordCount - 1)) % recordCount]
}

/** How often each of them happens, relative to the others. */
const kinds: readonly [weight: number, make: (random: Random) => object][] = [
  [2, (random) => ({ do: 'create', record: record(random) })],
  [
    34,
    (random) => ({
      do: 'edit',
      record: record(random),
      field: random.below(2),
      bad: random.below(10) === 0,
    }),
  ],
  [8, (random) => ({ do: 'tag', record: record(random), tag: random.below(3) })],
  [
    8,
    (random) => ({
      do: 'write',
      record: record(random),
      how: random.below(2) === 0 ? 'set' : 'editor',
    }),
  ],
  [2, (random) => ({ do: 'strike', record: record(random) })],
  [10, (random) => ({ do: 'group', records: anyTwo(random), bad: random.below(6) === 0 })],
  [4, (random) => ({ do: 'delete', record: record(random) })],
  [4, () => ({ do: 'undo' })],
  [2, () => ({ do: 'redo' })],
  [2, () => ({ do: 'retry' })],
  [1, () => ({ do: 'discard' })],
  [4, () => ({ do: 'offline' })],
  [8, () => ({ do: 'online' })],
  [4, (random) => ({ do: 'cut', silent: random.below(4) === 0 })],
  [3, (random) => ({ do: 'slow', isSlow: random.below(2) === 0 })],
  [3, () => ({ do: 'kill' })],
  [8, () => ({ do: 'boot' })],
  [3, (random) => ({ do: 'clock', years: random.below(7) - 3 })],
  [6, (random) => ({ do: 'wait', ms: random.pick([100, 1000, 5000, 40_000]) })],
  [
    2,
    (random) => ({ do: 'role', role: random.pick(['read_only', 'sales', 'manager', 'support']) }),
  ],
  [2, () => ({ do: 'killServer' })],
  [6, () => ({ do: 'startServer' })],
  [4, (random) => ({ do: 'copy', latest: random.pick([1, 2, 4, null]) })],
  [4, (random) => ({ do: 'look', record: record(random) })],
  [2, () => ({ do: 'snapshot' })],
  [2, () => ({ do: 'restore' })],
]

const total = kinds.reduce((sum, [weight]) => sum + weight, 0)

const draw = (random: Random): object => {
  let at = random.below(total)
  for (const [weight, make] of kinds) {
    at -= weight
    if (at < 0) return make(random)
  }
  return { do: 'wait', ms: 100 }
}

/** How much of what was set off happens before the next step: from nothing to nearly all. */
const drawRun = (random: Random): number => random.pick([0, 2, 6, 15, 30, 60, 150, 400])

/** The schedule of a seed: it begins with everybody there and some records. */
export const scheduleOf = (seed: number): Step[] => {
  const random = createRandom(seed * 2 + 1)
  const length = 15 + random.below(30)
  const drawn = Array.from({ length }, () => ({
    ...draw(random),
    on: random.below(computerCount),
    run: drawRun(random),
  }))
  const first = [0, 1, 2].map((number) => ({ do: 'create', record: number, on: number, run: 400 }))
  const wrongClock = { do: 'clock', years: random.below(7) - 3, on: random.below(9), run: 0 }
  // Made of the parts above, whose shapes are those of `Step`.
  return [wrongClock, ...first, { do: 'snapshot', on: 0, run: 0 }, ...drawn].map((step, id) => ({
    ...step,
    id,
  })) as Step[]
}

/** A step as people read it. */
export const describeStep = ({ id, on, run, ...rest }: Step): string => {
  const { do: name, ...details } = rest
  const text = Object.entries(details)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join('+') : value}`)
    .join(', ')
  return `${String(id).padStart(3)}  computer ${on}: ${name}${text === '' ? '' : ` (${text})`}, then ${run} tasks`
}
