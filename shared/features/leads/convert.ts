/** Turns a lead into a contact, an account and an opportunity, in one step that can be undone as one. */
import type { AnyRow } from '../../kernel/entity'
import { type FieldProblem, Refusal } from '../../kernel/refusal'
import type { RecordChange, RuleContext, Values } from '../../kernel/rules'

/** What becomes of a part: a new record, one that exists, or nothing. */
export type Conversion = {
  contact: { id: string } | 'new' | 'none'
  account: { id: string } | 'new' | 'none'
  /** `new` holds values of the new opportunity over what the lead says. */
  opportunity: { id: string } | { new: Values } | 'none'
}

/** The changes, and the ids that the lead points at afterwards. */
export type Converted = {
  changes: RecordChange[]
  contactId: string | null
  accountId: string | null
  opportunityId: string | null
}

const words = (name: string): string[] => name.trim().split(/\s+/)

/** The last word is the family name; a single word is the first name. */
const namesOf = (lead: AnyRow): { firstName: string; lastName: string | null } => {
  const all = words(String(lead.contactName ?? '').trim() || String(lead.name))
  return all.length < 2
    ? { firstName: all[0] ?? '', lastName: null }
    : { firstName: all.slice(0, -1).join(' '), lastName: all.at(-1) ?? null }
}

const common = (lead: AnyRow): Values => ({
  ownerId: lead.ownerId,
  ...(Array.isArray(lead.tags) && lead.tags.length > 0 ? { tags: lead.tags } : {}),
})

type Part = { id: string | null; changes: RecordChange[] }

const nothing: Part = { id: null, changes: [] }

const make = (entity: string, id: string, set: Values): Part => ({
  id,
  changes: [{ entity, id, create: true, set }],
})

const accountOf = (lead: AnyRow, { account }: Conversion, { newId }: RuleContext): Part => {
  if (account === 'none') return nothing
  if (account !== 'new') return { id: account.id, changes: [] }
  return make('account', newId(), {
    name: lead.companyName || lead.name,
    accountType: 'prospect',
    rating: lead.rating,
    phone: lead.phone,
    ...common(lead),
  })
}

const contactOf = (
  lead: AnyRow,
  { contact }: Conversion,
  { accountId, context }: { accountId: string | null; context: RuleContext },
): Part => {
  if (contact === 'none') return nothing
  if (contact !== 'new') return { id: contact.id, changes: [] }
  return make('contact', context.newId(), {
    ...namesOf(lead),
    email: lead.email,
    phone: lead.phone,
    jobTitle: lead.jobTitle,
    source: lead.source,
    lifecycleStage: 'opportunity',
    accountId,
    ...common(lead),
  })
}

const opportunityOf = (
  lead: AnyRow,
  { opportunity }: Conversion,
  links: { accountId: string | null; contactId: string | null; newId: () => string },
): Part => {
  if (opportunity === 'none') return nothing
  if ('id' in opportunity) return { id: opportunity.id, changes: [] }
  const { accountId, contactId, newId } = links
  return make('opportunity', newId(), {
    name: lead.name,
    amount: lead.expectedRevenue,
    currency: lead.currency,
    priority: lead.priority,
    source: lead.source,
    opportunityType: 'new_business',
    leadId: lead.id,
    accountId,
    contactId,
    ...common(lead),
    ...opportunity.new,
  })
}

/** Records that were there before are told what they did not know: where they belong, where they came from. */
const linked = async (
  { contact, opportunity }: Conversion,
  links: { leadId: string; accountId: string | null; contactId: string | null },
  { get }: RuleContext,
): Promise<RecordChange[]> => {
  const wanted = [
    { entity: 'contact', part: contact, names: ['accountId'] as const },
    {
      entity: 'opportunity',
      part: opportunity,
      names: ['leadId', 'accountId', 'contactId'] as const,
    },
  ]
  const changes: RecordChange[] = []
  for (const { entity, part, names } of wanted) {
    if (typeof part === 'string' || !('id' in part)) continue
    const row = await get(entity, part.id)
    const set = Object.fromEntries(
      names
        .filter((name) => row && !row[name] && links[name] !== null)
        .map((name) => [name, links[name]]),
    )
    if (Object.keys(set).length > 0) changes.push({ entity, id: part.id, set })
  }
  return changes
}

/** What happened with the lead stays in the timelines of what it became. */
const relinked = async (
  lead: AnyRow,
  links: Values,
  { find }: RuleContext,
): Promise<RecordChange[]> =>
  (await find('activity', 'leadId', lead.id)).flatMap((activity) => {
    const missing = Object.entries(links).filter(([name, id]) => id !== null && !activity[name])
    return missing.length === 0
      ? []
      : [{ entity: 'activity', id: activity.id, set: Object.fromEntries(missing) }]
  })

const wonStage = async (lead: AnyRow, { find }: RuleContext): Promise<Values> => {
  if (typeof lead.pipelineId !== 'string') return {}
  const stages = await find('stage', 'pipelineId', lead.pipelineId)
  const won = stages.find(({ stageType }) => stageType === 'won')
  return won ? { stageId: won.id } : {}
}

const problemsOf = async (
  { contact, account, opportunity }: Conversion,
  { get }: RuleContext,
): Promise<FieldProblem[]> => {
  const named = [
    { entity: 'contact', path: 'contactId', part: contact },
    { entity: 'account', path: 'accountId', part: account },
    { entity: 'opportunity', path: 'opportunityId', part: opportunity },
  ]
  const problems: FieldProblem[] = []
  for (const { entity, path, part } of named) {
    if (typeof part === 'string' || !('id' in part)) continue
    const row = await get(entity, part.id)
    if (!row || row.deletedAt !== null)
      problems.push({ path, message: `There is no such ${entity}.` })
  }
  if (contact === 'none' && account === 'none' && opportunity === 'none')
    problems.push({ path: 'createContact', message: 'Nothing would come of this lead.' })
  return problems
}

/**
 * The changes that convert a lead. Throws `lead.converted` for one that was converted before, and
 * `record.invalid` where a chosen record does not exist.
 */
export const convertLead = async (
  lead: AnyRow,
  conversion: Conversion,
  context: RuleContext,
): Promise<Converted> => {
  if (lead.convertedAt !== null) throw new Refusal('lead.converted')
  const errors = await problemsOf(conversion, context)
  if (errors.length > 0)
    throw new Refusal('record.invalid', {
      detail: errors.map(({ message }) => message).join(' '),
      errors,
    })
  const account = accountOf(lead, conversion, context)
  const contact = contactOf(lead, conversion, { accountId: account.id, context })
  const links = { accountId: account.id, contactId: contact.id }
  const opportunity = opportunityOf(lead, conversion, { ...links, newId: context.newId })
  const result: RecordChange = {
    entity: 'lead',
    id: lead.id,
    set: {
      status: 'converted',
      convertedAt: context.now,
      convertedContactId: contact.id,
      convertedAccountId: account.id,
      convertedOpportunityId: opportunity.id,
      ...(await wonStage(lead, context)),
    },
  }
  const activities = await relinked(lead, { ...links, opportunityId: opportunity.id }, context)
  return {
    changes: [
      ...account.changes,
      ...contact.changes,
      ...opportunity.changes,
      ...(await linked(conversion, { ...links, leadId: lead.id }, context)),
      result,
      ...activities,
    ],
    contactId: contact.id,
    accountId: account.id,
    opportunityId: opportunity.id,
  }
}
