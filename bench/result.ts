/** One measured figure as `npm run bench` prints it: a JSON object a line. */
export type Result = {
  name: string
  value: number
  unit: string
  records: number
  /** The peer's or limit's figure of the same run, in the same unit. */
  baseline?: number
  /** Ours divided by the baseline. */
  ratio?: number
  [detail: string]: unknown
}

/** What a benchmark is told; `report` prints a figure at once. */
export type BenchContext = { records: number; report: (result: Result) => void }

export type Benchmark = {
  /** Prefix of the names it reports, for `--only`. */
  name: string
  /** Records it runs with unless `--records` says otherwise. */
  records: readonly number[]
  run: (context: BenchContext) => Promise<void>
}

const rounded = (value: number): number => Number(value.toPrecision(4))

/** A figure with its ratio to a baseline. */
export const compared = (result: Result, baseline: number): Result => ({
  ...result,
  value: rounded(result.value),
  baseline: rounded(baseline),
  ratio: rounded(result.value / baseline),
})

/** A figure alone. */
export const plain = (result: Result): Result => ({ ...result, value: rounded(result.value) })

/** Value below which the given share of the samples lies. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
