/** What the dialog for converting a lead holds: suggested until somebody chooses otherwise. */
import { useState } from 'react'
import { somebodyOf } from '../../../../shared/features/likeness/likeness'
import { opportunity } from '../../../../shared/features/opportunities/opportunity'
import { pipelineFor } from '../../../../shared/features/pipelines/choose'
import { addDays } from '../../../../shared/kernel/day'
import type { AnyRow } from '../../../../shared/kernel/entity'
import { newRow } from '../../../../shared/kernel/rules'
import { type Likely, useLikely } from '../../../kernel/create/use-likely'
import { today } from '../../../kernel/stages/today'
import { usePipelines, useStages } from '../../../kernel/stages/use-pipelines'
import { useRecord, useRecords } from '../../../kernel/use-records'
import { isSettled, type Part, suggestAccount, suggestContact } from './choices'
import type { OpportunityValues } from './OpportunityFields'

/** Days until a new opportunity is expected to close. */
const usualDays = 30

const idOf = (part: Part): string | null => (part.kind === 'existing' ? part.id : null)

/** Opportunities that are still open at an account. */
const useOpenOpportunities = (accountId: string | null): Likely[] => {
  const { rows } = useRecords(
    {
      entity: 'opportunity',
      where: [
        { field: 'accountId', operator: 'eq', value: accountId ?? '' },
        { field: 'wonAt', operator: 'isEmpty' },
        { field: 'lostAt', operator: 'isEmpty' },
      ],
      limit: 3,
    },
    { enabled: accountId !== null },
  )
  return accountId === null ? [] : rows.map((row) => ({ entity: 'opportunity', row, reasons: [] }))
}

const useOpportunityValues = (lead: AnyRow) => {
  const pipelines = usePipelines('opportunity') ?? []
  const [own, setOwn] = useState<Partial<OpportunityValues>>({})
  const begin = {
    name: String(lead.name),
    amount: typeof lead.expectedRevenue === 'number' ? lead.expectedRevenue : null,
    closeDate: addDays(today(), usualDays),
  }
  const likeLead = newRow(opportunity, '', { ...begin, source: lead.source })
  const pipelineId = own.pipelineId ?? pipelineFor(pipelines, 'opportunity', likeLead)?.id ?? null
  const all = useStages(pipelineId ?? undefined) ?? []
  const stages = all.filter(({ stageType }) => stageType === 'open')
  const values: OpportunityValues = {
    ...begin,
    ...own,
    pipelineId,
    stageId: own.stageId ?? stages[0]?.id ?? all[0]?.id ?? null,
  }
  return { pipelines, stages, values, setValues: setOwn }
}

export const useConversion = (lead: AnyRow) => {
  const who = somebodyOf('lead', lead)
  const contacts = useLikely(who, ['contact'])
  const accounts = useLikely(who, ['account'])
  const [own, setOwn] = useState<{ contact?: Part; account?: Part; opportunity?: Part }>({})
  const contact = own.contact ?? suggestContact(contacts)
  const contactRow = useRecord('contact', idOf(contact) ?? '')
  const account =
    own.account ??
    suggestAccount(accounts, {
      contactAccountId: idOf(contact) === null ? null : contactRow?.accountId,
      company: lead.companyName,
    })
  const part: Part = own.opportunity ?? { kind: 'new' }
  const deals = useOpenOpportunities(idOf(account))
  const deal = useOpportunityValues(lead)
  const isNothing = [contact, account, part].every(({ kind }) => kind === 'none')
  const hasName = part.kind !== 'new' || deal.values.name.trim() !== ''
  return {
    contact: { part: contact, likely: contacts },
    account: { part: account, likely: accounts },
    opportunity: { part, likely: deals, ...deal },
    choose: (change: typeof own) => setOwn((held) => ({ ...held, ...change })),
    isNothing,
    isReady: !isNothing && hasName && [contact, account, part].every(isSettled),
  }
}
