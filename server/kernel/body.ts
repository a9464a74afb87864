/** Reading request bodies: limited, JSON, checked. */
import type { Context } from 'hono'
import type { z } from 'zod'
import { Refusal } from '../../shared/kernel/refusal'
import { invalidRecord } from './problem'

/** The JSON body; throws `request.malformed` where it is none. */
export const readJson = async (c: Context): Promise<unknown> => {
  try {
    return await c.req.json()
  } catch (error) {
    throw new Refusal('request.malformed', { detail: 'The body is not valid JSON.', cause: error })
  }
}

/** The JSON body as an object. */
export const readObject = async (c: Context): Promise<{ [name: string]: unknown }> => {
  const body = await readJson(c)
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return Object.fromEntries(Object.entries(body))
  throw new Refusal('request.malformed', { detail: 'The body is not a JSON object.' })
}

/** Checks a value by a schema; throws `record.invalid` naming every path. */
export const checked = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalidRecord(
    parsed.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
    })),
  )
}

/** The JSON body as an object; nothing sent is an empty one. */
export const readObjectOrNothing = async (c: Context): Promise<{ [name: string]: unknown }> =>
  (await c.req.text()) === '' ? {} : readObject(c)
