/** Generated leads and opportunities, spread over the stages of a pipeline. */
import { opportunity } from '../../shared/features/opportunities/opportunity'
import type { EditInput } from '../kernel/ports'
import { dayMs, type Maker, someTags } from './maker'
import { companyKinds, companyWords, firstNames, lastNames } from './words'

/** A stage of a type, where there is one. */
const stageFor = ({ random, options }: Maker, type: 'open' | 'won' | 'lost') => {
  const stages = (options.stages ?? []).filter(({ stageType }) => stageType === type)
  return stages.length === 0 ? {} : { stageId: random.pick(stages).id }
}

/** A lead that stands where its status says. */
export const leadOf = (maker: Maker, index: number): EditInput => {
  const { random, options } = maker
  const status = random.pick(['new', 'contacted', 'qualified', 'unqualified', 'lost'])
  const company = `${random.pick(companyWords)} ${random.pick(companyKinds)}`
  return {
    entity: 'lead',
    id: random.id(),
    s: {
      name: `${company}: ${random.pick(['new site', 'replacement', 'pilot', 'extension'])} ${index + 1}`,
      contactName: `${random.pick(firstNames)} ${random.pick(lastNames)}`,
      email: `lead${index + 1}@leads.example`,
      phone: `+4940${3_000_000 + index}`,
      companyName: company,
      status,
      ...stageFor(maker, status === 'lost' ? 'lost' : 'open'),
      priority: random.pick(['low', 'medium', 'high', 'urgent']),
      rating: random.pick(['cold', 'warm', 'hot']),
      source: random.pick([
        'website',
        'referral',
        'cold_call',
        'trade_show',
        'partner',
        'web_form',
      ]),
      expectedRevenue: (1 + random.below(900)) * 10_000,
      currency: 'EUR',
      probability: random.below(101),
      ownerId: random.pick(options.owners),
    },
    ...someTags(maker),
  }
}

type Around = { index: number; accounts: readonly string[]; contacts: readonly string[] }

const types = opportunity.fields.opportunityType?.options ?? []

/** An opportunity; most are open, of those that are closed more are lost than won. */
export const opportunityOf = (maker: Maker, around: Around): EditInput => {
  const { random, options } = maker
  const outcome = random.pick([
    'open',
    'open',
    'open',
    'open',
    'open',
    'won',
    'lost',
    'lost',
  ] as const)
  const closes = options.now + (random.below(240) - (outcome === 'open' ? 20 : 230)) * dayMs
  return {
    entity: 'opportunity',
    id: random.id(),
    s: {
      name: `${random.pick(companyWords)} ${random.pick(['seats', 'roll-out', 'renewal', 'pilot'])} ${around.index + 1}`,
      ...stageFor(maker, outcome),
      accountId: random.pick(around.accounts),
      contactId: around.contacts.length > 0 ? random.pick(around.contacts) : null,
      amount: (1 + random.below(1200)) * 100_00,
      currency: 'EUR',
      closeDate: new Date(closes).toISOString().slice(0, 10),
      opportunityType: random.pick(types),
      priority: random.pick(['low', 'medium', 'high', 'urgent']),
      nextStep: random.pick([null, 'Send the offer', 'Call the buyer', 'Agree on a pilot']),
      ...(outcome === 'lost' ? { lostReason: random.pick(['Price', 'No budget', 'Timing']) } : {}),
      ownerId: random.pick(options.owners),
    },
    ...someTags(maker),
  }
}
