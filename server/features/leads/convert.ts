/** `POST /leads/{id}/convert`: a lead becomes a contact, an account and an opportunity. */
import type { Context } from 'hono'
import { z } from 'zod'
import { entities } from '../../../shared/features/index'
import { type Conversion, convertLead } from '../../../shared/features/leads/convert'
import type { AnyRow } from '../../../shared/kernel/entity'
import { idSchema } from '../../../shared/kernel/ids'
import { Refusal } from '../../../shared/kernel/refusal'
import type { AuthEnv } from '../../auth/authenticate'
import { createActionTools } from '../../kernel/actions'
import { checked, readObjectOrNothing } from '../../kernel/body'
import type { CrudDeps } from '../../kernel/crud'
import type { EditInput } from '../../kernel/ports'
import { gateRefusal } from '../../kernel/problem'

/** What a request may say; what it leaves open is made anew as far as the lead knows it. */
export const conversionSchema = z.strictObject({
  create_contact: z.boolean().optional(),
  create_account: z.boolean().optional(),
  create_opportunity: z.boolean().optional(),
  account_id: idSchema.nullish(),
  contact_id: idSchema.nullish(),
  opportunity_id: idSchema.nullish(),
  opportunity: z.looseObject({}).optional(),
})

type Request = z.infer<typeof conversionSchema>

const partOf = (
  id: string | null | undefined,
  isWanted: boolean | undefined,
  otherwise: boolean,
): Conversion['contact'] => {
  if (id) return { id }
  return (isWanted ?? otherwise) ? 'new' : 'none'
}

type Tools = ReturnType<typeof createActionTools>

type OpportunityPart = { part: Conversion['opportunity']; tagEdits: EditInput[] }

/** The opportunity's values, checked like those of a record that is created. */
const opportunityOf = async (
  tools: Tools,
  row: AnyRow,
  request: Request,
): Promise<OpportunityPart> => {
  if (request.opportunity_id) return { part: { id: request.opportunity_id }, tagEdits: [] }
  if (!(request.create_opportunity ?? true)) return { part: 'none', tagEdits: [] }
  const body = { name: row.name, ...request.opportunity }
  const { s, e, tagEdits } = await tools.toEdit(entities.opportunity, { body })
  const tags = e?.tags?.add
  return { part: { new: { ...s, ...(tags ? { tags } : {}) } }, tagEdits }
}

/** Problems of the rules name fields; those of the API name them its own way. */
const converted: typeof convertLead = async (...input) => {
  try {
    return await convertLead(...input)
  } catch (error) {
    throw error instanceof Refusal ? gateRefusal(error.info) : error
  }
}

export const convert = async (deps: CrudDeps, c: Context<AuthEnv>): Promise<Response> => {
  const tools = createActionTools(deps, c, { entity: entities.lead, action: 'update' })
  const row = await tools.row()
  const request = checked(conversionSchema, await readObjectOrNothing(c))
  const { part, tagEdits } = await opportunityOf(tools, row, request)
  const { changes, contactId, accountId, opportunityId } = await converted(
    row,
    {
      contact: partOf(request.contact_id, request.create_contact, true),
      account: partOf(request.account_id, request.create_account, row.companyName !== null),
      opportunity: part,
    },
    tools.context,
  )
  await tools.commitAll(changes, tagEdits)
  const one = async (name: 'lead' | 'contact' | 'account' | 'opportunity', id: string | null) => {
    if (id === null) return null
    const [shown] = await tools.toWire(entities[name], [await tools.visible(entities[name], id)])
    return shown ?? null
  }
  return c.json({
    lead: await one('lead', row.id),
    contact: await one('contact', contactId),
    account: await one('account', accountId),
    opportunity: await one('opportunity', opportunityId),
  })
}
