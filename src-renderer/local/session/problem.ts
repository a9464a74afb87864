/** Answers of the server that say no: RFC 9457 problem details. */
import { z } from 'zod'
import { Refusal, type RefusalCode, refusals } from '../../../shared/kernel/refusal'
import { Unreachable } from '../sync/types'

const problemSchema = z.object({ detail: z.string().optional(), code: z.string().optional() })

const isCode = (code: string | undefined): code is RefusalCode =>
  code !== undefined && Object.hasOwn(refusals, code)

const isJson = ({ headers }: Response): boolean =>
  /[/+]json\b/.test(headers.get('content-type') ?? '')

/**
 * What our server refused, and why; `undefined` where somebody else answered, a proxy for one.
 * Throws `Unreachable` where the answer breaks off or cannot be read.
 */
export const refusalIn = async (response: Response): Promise<Refusal | undefined> => {
  if (!isJson(response)) return undefined
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new Unreachable('The answer of the server broke off.', { cause })
  })
  const { code, detail } = problemSchema.safeParse(body).data ?? {}
  if (!isCode(code)) return undefined
  return new Refusal(code, detail === undefined ? {} : { detail })
}
