/** `GET /api/v1/crm/refused-edits`: edits of devices that the server refused, for who looks after it. */
import { z } from 'zod'

const values = z.record(z.string(), z.unknown())

/** An edit as its device sent it. Values stand as sync carries them: names of fields, minor units. */
export const refusedEditSchema = z.object({
  /** When it was refused, RFC 3339 UTC. */
  at: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
  device: z.object({ id: z.string(), name: z.string().nullable() }),
  /** Its number on that device. */
  n: z.int(),
  entity: z.string(),
  record_id: z.string(),
  /** The record's name as it is, or as this edit would have had it; empty where neither says one. */
  title: z.string(),
  /** Whether the record is there. */
  is_stored: z.boolean(),
  /** Fields that it set as a whole. */
  values,
  /** Fields that it changed in part: elements of sets, rich text. */
  changed_in_part: z.array(z.string()),
  refusal: z.object({
    code: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
})

export type RefusedEditOnWire = z.infer<typeof refusedEditSchema>

/** Newest first; `next_cursor` asks for what is older. */
export const refusedEditsSchema = z.object({
  items: z.array(refusedEditSchema),
  next_cursor: z.int().nullable(),
})
