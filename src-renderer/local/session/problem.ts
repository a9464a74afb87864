/** Answers of the server that say no: RFC 9457 problem details. */
import { z } from 'zod'
import { Refusal, type RefusalCode, refusals } from '../../../shared/kernel/refusal'

const problemSchema = z.object({ detail: z.string().optional(), code: z.string().optional() })

const isCode = (code: string | undefined): code is RefusalCode =>
  code !== undefined && Object.hasOwn(refusals, code)

/** What our server refused, and why; `undefined` where somebody else answered, a proxy for one. */
export const refusalIn = async (response: Response): Promise<Refusal | undefined> => {
  const parsed = problemSchema.safeParse(await response.json().catch(() => undefined))
  const { code, detail } = parsed.data ?? {}
  if (!isCode(code)) return undefined
  return new Refusal(code, detail === undefined ? {} : { detail })
}
