/** Fills the demo workspace's pipelines and all that stands in them. */
import { addDays, addMonths, dayOf } from '../../shared/kernel/day'
import { newId } from '../../shared/kernel/ids'
import { requireAccepted } from '../kernel/crud'
import type { Actor, Commit, EditInput } from '../kernel/ports'
import {
  demoOpportunities,
  demoPipelines,
  demoProducts,
  demoQuotes,
  demoScoringRules,
} from './sales'

type Ids = ReadonlyMap<string, string>

/** What the sales part needs of what was seeded before. */
export type SeedContext = {
  commit: Commit
  actor: Actor
  now: number
  owners: readonly string[]
  accounts: Ids
  /** The contact of each account, by the account's name. */
  contacts: Ids
  tags: Ids
}

const dayMs = 24 * 3600_000

const write = async ({ commit, actor }: SeedContext, edits: readonly EditInput[]) => {
  const outcomes = await commit(actor, edits)
  outcomes.forEach(requireAccepted)
}

/** Pipelines and stages come first: everything else finds its place by them. Answers stages by name. */
export const seedPipelines = async (context: SeedContext): Promise<Map<string, string>> => {
  const stages = new Map<string, string>()
  for (const { stages: own, ...pipeline } of demoPipelines) {
    const pipelineId = newId()
    const edits = own.map((stage, sequence): EditInput => {
      const id = newId()
      stages.set(stage.name, id)
      return { entity: 'stage', id, s: { ...stage, pipelineId, sequence } }
    })
    await write(context, [
      { entity: 'pipeline', id: pipelineId, s: { ...pipeline, active: true } },
      ...edits,
    ])
  }
  return stages
}

const instant = (now: number, days: number): string => new Date(now + days * dayMs).toISOString()

const seedOpportunities = async (context: SeedContext, stages: Ids): Promise<Ids> => {
  const ids = new Map(demoOpportunities.map(({ name }) => [name, newId()]))
  const { now, owners, accounts, contacts, tags } = context
  const edits = demoOpportunities.map(
    ({ account, stage, closes, inStage, tags: names, notes, ...values }, index): EditInput => ({
      entity: 'opportunity',
      id: ids.get(values.name) ?? newId(),
      s: {
        ...values,
        createdAt: instant(now, inStage - 20 - index),
        stageId: stages.get(stage) ?? null,
        accountId: accounts.get(account) ?? null,
        contactId: contacts.get(account) ?? null,
        closeDate: dayOf(instant(now, closes)),
        ownerId: owners[index % owners.length] ?? null,
        stakeholders: [{ contactId: contacts.get(account) ?? '', role: 'decision_maker' }],
        ...(stage === 'Lost' ? { lostReason: 'Built in house' } : {}),
      },
      e: { tags: { add: names.flatMap((name) => tags.get(name) ?? []) } },
      text: { notes },
    }),
  )
  await write(context, edits)
  // The rules say that they entered their stages just now; the demo remembers otherwise.
  await write(
    context,
    demoOpportunities.map(({ name, stage, inStage }) => ({
      entity: 'opportunity',
      id: ids.get(name) ?? '',
      mustExist: true,
      s: {
        stageEnteredAt: instant(now, inStage),
        ...(stage === 'Won' ? { wonAt: instant(now, inStage) } : {}),
        ...(stage === 'Lost' ? { lostAt: instant(now, inStage) } : {}),
      },
    })),
  )
  return ids
}

const seedQuotes = async (context: SeedContext, opportunities: Ids): Promise<void> => {
  const products = new Map<string, string>(demoProducts.map(({ sku }) => [sku, newId()]))
  const priceListId = newId()
  await write(context, [
    ...demoProducts.map((product) => ({
      entity: 'product',
      id: products.get(product.sku) ?? newId(),
      s: { ...product, currency: 'EUR', active: true },
    })),
    {
      entity: 'priceList',
      id: priceListId,
      s: { name: 'Public sector', currency: 'EUR', active: true, isDefault: false },
    },
    {
      entity: 'price',
      id: newId(),
      s: {
        title: 'Roadbook seat · Public sector',
        priceListId,
        productId: products.get('RB-SEAT') ?? null,
        unitPrice: 290_00,
        currency: 'EUR',
        minQuantity: 50,
      },
    },
  ])
  const today = dayOf(instant(context.now, 0))
  await write(
    context,
    demoQuotes.map(({ opportunity, validDays, lines, ...values }, index) => ({
      entity: 'quote',
      id: newId(),
      s: {
        ...values,
        opportunityId: opportunities.get(opportunity) ?? null,
        ownerId: context.owners[index % context.owners.length] ?? null,
        validUntil: addDays(today, validDays),
        lines: lines.map(({ sku, ...line }) => ({
          ...line,
          productId: products.get(sku) ?? null,
          description: null,
          unitPrice: null,
          taxPercent: null,
        })),
      },
    })),
  )
}

const seedQuotas = (context: SeedContext): Promise<void> => {
  const first = addMonths(dayOf(instant(context.now, 0)), -2)
  const edits = Array.from({ length: 8 }, (_, month) =>
    context.owners.map(
      (userId, index): EditInput => ({
        entity: 'quota',
        id: newId(),
        s: {
          name: `${addMonths(first, month).slice(0, 7)}, ${index === 0 ? 'Sara' : 'Tom'}`,
          userId,
          period: 'month',
          startOn: addMonths(first, month),
          amount: (30 + 5 * (month % 3)) * 100_000,
          currency: 'EUR',
        },
      }),
    ),
  )
  return write(context, edits.flat())
}

const seedRelationships = (context: SeedContext): Promise<void> => {
  const { accounts, contacts } = context
  const ties = [
    {
      relationshipType: 'key_contact',
      contactId: contacts.get('Acme Corp') ?? null,
      relatedAccountId: accounts.get('Acme Corp') ?? null,
      role: 'Signs contracts',
    },
    {
      relationshipType: 'partner_of',
      accountId: accounts.get('EduLearn') ?? null,
      relatedAccountId: accounts.get('Tech Innovators') ?? null,
      role: 'Resells to universities',
    },
    {
      relationshipType: 'colleague',
      contactId: contacts.get('Tech Innovators') ?? null,
      relatedContactId: contacts.get('MedHealth') ?? null,
      role: 'Worked together before',
    },
    {
      relationshipType: 'supplier_of',
      accountId: accounts.get('Tech Innovators') ?? null,
      relatedAccountId: accounts.get('Global Industries') ?? null,
      role: 'Software for dispatching',
    },
  ]
  return write(
    context,
    ties.map((tie) => ({ entity: 'relationship', id: newId(), s: tie })),
  )
}

const seedRules = (context: SeedContext): Promise<void> =>
  write(context, [
    ...demoScoringRules.map((rule) => ({
      entity: 'scoringRule',
      id: newId(),
      s: { ...rule, active: true },
    })),
    {
      entity: 'assignmentRule',
      id: newId(),
      s: {
        name: 'Everybody in turn',
        active: true,
        sequence: 10,
        method: 'round_robin',
        conditions: [],
        users: context.owners.map((userId) => ({ userId })),
      },
    },
  ])

/** Everything but the pipelines. */
export const seedSales = async (context: SeedContext, stages: Ids): Promise<void> => {
  const opportunities = await seedOpportunities(context, stages)
  await seedQuotes(context, opportunities)
  await seedQuotas(context)
  await seedRelationships(context)
  await seedRules(context)
}
