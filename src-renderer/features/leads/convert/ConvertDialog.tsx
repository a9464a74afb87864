import { Button, Group, Modal, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Conversion, convertLead } from '../../../../shared/features/leads/convert'
import { type AnyRow, titleOf } from '../../../../shared/kernel/entity'
import { formatPhone } from '../../../../shared/kernel/phone'
import { Refusal } from '../../../../shared/kernel/refusal'
import type { RecordDialogProps } from '../../../kernel/feature-view'
import { useCommit } from '../../../kernel/use-records'
import { useRuleContext } from '../../../kernel/use-rules'
import { useSession } from '../../../kernel/use-store'
import { ConvertedNote } from '../ConvertedNote'
import { toConversion } from './choices'
import classes from './convert.module.css'
import { OpportunityFields } from './OpportunityFields'
import { PartSection } from './PartSection'
import { useConversion } from './use-conversion'

type Props = RecordDialogProps & {
  /** Offered where the lead was dropped on its won stage: moves it there and converts nothing. */
  onMove?: () => void
}

const personLine = (lead: AnyRow): string =>
  [
    lead.contactName ?? lead.name,
    lead.jobTitle,
    lead.email,
    typeof lead.phone === 'string' ? formatPhone(lead.phone) : null,
  ]
    .filter(Boolean)
    .join(' · ')

/** Writes the conversion and answers where to go; null where it was refused. */
const useConvert = (lead: AnyRow) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const ruleContext = useRuleContext()
  return async (conversion: Conversion) => {
    try {
      const made = await convertLead(lead, conversion, ruleContext())
      const label = t('convert.done', { name: String(lead.name) })
      const result = await commit(made.changes, { label, toast: true })
      return result.ok ? made : null
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      notifications.show({ color: 'red', title: cause.message, message: '', autoClose: 8000 })
      return null
    }
  }
}

const Form = ({ row, onMove, onClose }: Props) => {
  const { t } = useTranslation('pipelines')
  const navigate = useNavigate()
  const { currency } = useSession()
  const convert = useConvert(row)
  const { contact, account, opportunity, choose, isReady, isNothing } = useConversion(row)
  const submit = async () => {
    const { part, values } = opportunity
    const made = await convert({
      contact: toConversion(contact.part),
      account: toConversion(account.part),
      opportunity:
        part.kind === 'new'
          ? { new: { ...values, name: values.name.trim() } }
          : part.kind === 'existing' && part.id !== null
            ? { id: part.id }
            : 'none',
    })
    if (!made) return
    onClose()
    const [plural, id] =
      made.opportunityId !== null
        ? ['opportunities', made.opportunityId]
        : made.contactId !== null
          ? ['contacts', made.contactId]
          : ['accounts', made.accountId ?? '']
    void navigate({ to: '/$plural/$id', params: { plural, id } })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void submit()
      }}
    >
      <PartSection target="contact" {...contact} onChange={(part) => choose({ contact: part })}>
        <p className={classes.quiet}>{personLine(row)}</p>
      </PartSection>
      <PartSection target="account" {...account} onChange={(part) => choose({ account: part })}>
        <p className={classes.quiet}>{String(row.companyName || row.name)}</p>
      </PartSection>
      <PartSection
        target="opportunity"
        part={opportunity.part}
        likely={opportunity.likely}
        onChange={(part) => choose({ opportunity: part })}
      >
        <OpportunityFields
          values={opportunity.values}
          onChange={opportunity.setValues}
          currency={typeof row.currency === 'string' ? row.currency : currency}
          pipelines={opportunity.pipelines}
          stages={opportunity.stages}
        />
      </PartSection>
      {isNothing ? (
        <Text size="sm" c="var(--bad)" role="alert" mt="sm">
          {t('convert.nothing')}
        </Text>
      ) : null}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        {onMove ? (
          <Button variant="default" onClick={onMove}>
            {t('convert.moveOnly')}
          </Button>
        ) : null}
        <Button type="submit" disabled={!isReady} data-autofocus>
          {t('convert.action')}
        </Button>
      </Group>
    </form>
  )
}

/** Turns a lead into contact, account and opportunity: each new, one that is there, or none. */
export const ConvertDialog = (props: Props) => {
  const { t } = useTranslation('pipelines')
  const { entity, row, onClose } = props
  const isConverted = row.convertedAt !== null
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('convert.title', { name: titleOf(entity, row) })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      {isConverted ? (
        <>
          <Text size="sm" mb="sm">
            {t('convert.again')}
          </Text>
          <ConvertedNote row={row} />
        </>
      ) : (
        <Form {...props} />
      )}
    </Modal>
  )
}
