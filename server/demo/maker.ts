/** What everything that is generated is made with. */
import type { EditInput } from '../kernel/ports'
import type { Random } from './random'

/** A stage in which generated records may stand. */
export type GeneratedStage = { id: string; stageType: unknown }

export type GenerateOptions = {
  contacts: number
  seed: number
  /** Ids of the users who own what is made. */
  owners: readonly string[]
  /** Ids of tags to hand out. */
  tags: readonly string[]
  /** Stages in which leads and opportunities stand; without any the rules find a place for them. */
  stages?: readonly GeneratedStage[]
  /** Unix milliseconds around which activities lie. */
  now: number
}

export type Maker = { random: Random; options: GenerateOptions }

export const dayMs = 24 * 3600_000

/** A tag for some of them. */
export const someTags = ({ random, options }: Maker): Pick<EditInput, 'e'> =>
  options.tags.length > 0 && random.next() < 0.3
    ? { e: { tags: { add: [random.pick(options.tags)] } } }
    : {}
