/** Pieces that the parts of the OpenAPI document share. */
import { z } from 'zod'

export type Json = { [name: string]: unknown }

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
export const json = (schema: Json, example?: unknown): Json => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
})
export const ok = (description: string, schema: Json): Json => ({
  description,
  content: json(schema),
})

/** The JSON Schema of a zod schema, as a client has to fulfil it. */
export const jsonSchema = (schema: z.ZodType): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  })
  return rest
}

/** Statuses that an operation may refuse with. */
export const problems = (...statuses: number[]): Json =>
  Object.fromEntries(
    statuses.map((status) => [String(status), { $ref: `#/components/responses/Problem${status}` }]),
  )

export const pathId = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
  description: 'The id of the record',
}
