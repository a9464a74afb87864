/** Cuts a failing schedule down to the steps that it takes to fail. */
import { simulate } from './simulate'
import type { Step } from './steps'
import type { Variant } from './variant'

/** Most attempts; a schedule that is still long by then is printed as it is. */
const maxAttempts = 300

/** The first word of what went wrong: a smaller schedule has to fail in the same way. */
const kindOf = (violation: string | undefined): string =>
  (violation ?? '').replace(/v\d+|\d+/g, '').slice(0, 24)

/** Drops halves, quarters, ... and single steps for as long as it fails as before. */
export const shrink = async (
  seed: number,
  steps: readonly Step[],
  variant: Variant,
): Promise<readonly Step[]> => {
  const first = await simulate(seed, steps, variant)
  const kind = kindOf(first.violations[0])
  const fails = async (some: readonly Step[]): Promise<boolean> => {
    const { violations } = await simulate(seed, some, variant)
    return violations.some((violation) => kindOf(violation) === kind)
  }
  let kept = steps
  let attempts = 0
  for (
    let size = Math.ceil(steps.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  )
    for (let at = 0; at < kept.length && attempts < maxAttempts; attempts += 1) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)]
      if (await fails(fewer)) kept = fewer
      else at += size
    }
  return kept
}
