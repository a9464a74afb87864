/** Fills an empty database with the demo workspace, through the gate like everybody else. */

import { newId } from '../../shared/kernel/ids'
import { createLogin, createWorkspace } from '../auth/logins'
import { workspace } from '../db/schema'
import { requireAccepted } from '../kernel/crud'
import type { Actor, EditInput } from '../kernel/ports'
import type { Services } from '../kernel/services'
import { demoActivities } from './activities'
import { demoAccounts, demoContacts, demoLeads, demoTags, demoTeams, demoUsers } from './content'
import { type SeedContext, seedPipelines, seedSales } from './seed-sales'

/** The password of all demo users. */
export const demoPassword = 'roadbook-demo'
export const demoSlug = 'demo'

type Ids = Map<string, string>

const dayMs = 24 * 3600_000

const named = (names: readonly { name: string }[]): Ids =>
  new Map(names.map(({ name }) => [name, newId()]))

const tagged = (names: readonly string[], tags: Ids): Pick<EditInput, 'e'> => {
  const add = names.flatMap((name) => tags.get(name) ?? [])
  return add.length > 0 ? { e: { tags: { add } } } : {}
}

const teamEdits = (users: readonly string[]): EditInput[] =>
  demoTeams.flatMap(({ name, members }) => {
    const teamId = newId()
    const inTeam = (email: string) => members.some((member) => `${member}@demo.test` === email)
    const ids = demoUsers.flatMap(({ email }, index) => (inTeam(email) ? (users[index] ?? []) : []))
    return [
      { entity: 'team', id: teamId, s: { name } },
      ...ids.map((userId) => ({ entity: 'teamMember', id: newId(), s: { teamId, userId } })),
    ]
  })

const accountEdits = (accounts: Ids, tags: Ids, ownerId: string): EditInput[] =>
  demoAccounts.map(({ tags: tagNames, notes, ...values }) => ({
    entity: 'account',
    id: accounts.get(values.name) ?? newId(),
    s: { ...values, ownerId },
    ...tagged(tagNames, tags),
    text: { notes },
  }))

const contactEdits = (
  contacts: Ids,
  { accounts, tags, owners }: { accounts: Ids; tags: Ids; owners: readonly string[] },
): EditInput[] =>
  demoContacts.map(({ account, tags: tagNames, notes, ...values }, index) => ({
    entity: 'contact',
    id: contacts.get(values.lastName) ?? newId(),
    s: {
      ...values,
      accountId: accounts.get(account) ?? null,
      ownerId: owners[index % owners.length] ?? null,
      source: 'referral',
      active: true,
    },
    ...tagged(tagNames, tags),
    text: { notes },
  }))

const leadEdits = (
  leads: Ids,
  tags: Ids,
  { owners, stages }: { owners: readonly string[]; stages: Ids },
): EditInput[] =>
  demoLeads.map(({ tags: tagNames, notes, stage, ...values }, index) => ({
    entity: 'lead',
    id: leads.get(values.name) ?? newId(),
    s: {
      ...values,
      stageId: stages.get(stage) ?? null,
      currency: 'EUR',
      ownerId: owners[index % owners.length] ?? null,
    },
    ...tagged(tagNames, tags),
    text: { notes },
  }))

const activityEdits = (
  {
    contacts,
    leads,
    accountOf,
  }: { contacts: Ids; leads: Ids; accountOf: (lastName: string) => string | null },
  owners: readonly string[],
  now: number,
): EditInput[] =>
  demoActivities.map((activity, index) => {
    const due = new Date(now + activity.day * dayMs)
    due.setUTCHours(activity.hour, 0, 0, 0)
    const dueDate = due.toISOString()
    const contact = 'contact' in activity ? activity.contact : undefined
    const lead = 'lead' in activity ? activity.lead : undefined
    return {
      entity: 'activity',
      id: newId(),
      s: {
        subject: activity.subject,
        activityType: activity.type,
        status: activity.done ? 'completed' : 'scheduled',
        priority: activity.priority,
        dueDate,
        completedAt: activity.done ? dueDate : null,
        duration: activity.type === 'meeting' ? 60 : activity.type === 'call' ? 15 : null,
        location: 'location' in activity ? activity.location : null,
        outcome: 'outcome' in activity ? activity.outcome : null,
        contactId: contact === undefined ? null : (contacts.get(contact) ?? null),
        accountId: contact === undefined ? null : accountOf(contact),
        leadId: lead === undefined ? null : (idLike(leads, lead) ?? null),
        ownerId: owners[index % owners.length] ?? null,
      },
    }
  })

const idLike = (ids: Ids, part: string): string | undefined =>
  [...ids].find(([name]) => name.includes(part))?.[1]

/** Does nothing where a workspace exists already. */
export const seedDemo = async (services: Services): Promise<void> => {
  const { db, commit, now, log } = services
  if (db.select({ id: workspace.id }).from(workspace).limit(1).get()) return
  const workspaceId = createWorkspace(db, { name: 'Roadbook Demo', slug: demoSlug })
  // Deriving a key takes a fifth of a second; side by side the seven take little longer than two.
  const users = await Promise.all(
    demoUsers.map((user) =>
      createLogin(services, { ...user, workspaceId, password: demoPassword }),
    ),
  )
  const owners = users.slice(2, 4)
  const [tags, accounts, leads] = [named(demoTags), named(demoAccounts), named(demoLeads)]
  const contacts: Ids = new Map(demoContacts.map(({ lastName }) => [lastName, newId()]))
  const accountOf = (lastName: string): string | null => {
    const account = demoContacts.find((contact) => contact.lastName === lastName)?.account
    return account === undefined ? null : (accounts.get(account) ?? null)
  }
  const actor: Actor = { workspaceId, userId: users[0] ?? '', role: 'owner', via: 'system' }
  const contactOf = new Map(
    demoContacts.flatMap(({ account, lastName }) => {
      const id = contacts.get(lastName)
      return id === undefined ? [] : [[account, id] as const]
    }),
  )
  const context: SeedContext = {
    commit,
    actor,
    now: now(),
    owners,
    accounts,
    contacts: contactOf,
    tags,
  }
  const stages = await seedPipelines(context)
  const outcomes = await commit(actor, [
    ...teamEdits(users),
    ...demoTags.map((tag) => ({ entity: 'tag', id: tags.get(tag.name) ?? newId(), s: { ...tag } })),
    ...accountEdits(accounts, tags, owners[0] ?? ''),
    ...contactEdits(contacts, { accounts, tags, owners }),
    ...leadEdits(leads, tags, { owners, stages }),
    ...activityEdits({ contacts, leads, accountOf }, owners, now()),
  ])
  outcomes.forEach(requireAccepted)
  await seedSales(context, stages)
  log.info({ workspace: demoSlug }, 'filled the demo workspace')
}
