/**
 * Looking records up that a copy does not hold: `POST /api/v1/crm/lookup` answers them as sync
 * carries them, so that they can be stored and found like all others.
 */
import { z } from 'zod'
import { recordIdSchema } from '../crdt/patch'

/** Most records in one answer. */
export const maxLookup = 200

const entityName = z.string().max(64)
const name = z.strictObject({ entity: entityName, id: recordIdSchema })

/** Records by name, a record with all that points at it, or what a search finds. */
export const lookupSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('names'), names: z.array(name).min(1).max(maxLookup) }),
  z.strictObject({ by: z.literal('record'), ...name.shape }),
  z.strictObject({
    by: z.literal('search'),
    text: z.string().trim().min(1).max(200),
    /** Search these alone; absent: everything that people look for. */
    entity: entityName.optional(),
  }),
])
export type Lookup = z.infer<typeof lookupSchema>

export const lookupAnswerSchema = z.object({
  /** The workspace stood at least at this seq when the records were read. */
  seq: z.int().min(0),
  /** Stands for what the user may see, as in `welcome`. */
  access: z.string(),
  records: z.array(
    z.object({
      entity: z.string(),
      id: z.string(),
      seq: z.int().min(0),
      /** The Yjs state in base64. */
      state: z.string(),
    }),
  ),
  /** There are more than one answer holds. */
  more: z.boolean(),
})
export type LookupAnswer = z.infer<typeof lookupAnswerSchema>
