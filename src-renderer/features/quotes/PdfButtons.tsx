import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Quote } from '../../../shared/features/quotes/quote'
import { saveFile } from '../../kernel/save-file'
import { recordName, useRecord } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import { formatDay, locale } from '../../ui/format'
import { makeQuotePdf } from './make-pdf'
import type { QuotePaper } from './pdf-document'

const addressOf = (account: { [field: string]: unknown } | null | undefined): string[] => {
  const part = (name: string): string => String(account?.[name] ?? '').trim()
  const city = [part('billingZip'), part('billingCity')].filter(Boolean).join(' ')
  return [part('billingStreet'), city, part('billingState'), part('billingCountry')].filter(Boolean)
}

const fileName = ({ number, title }: Quote): string =>
  `${[number, title].filter(Boolean).join(' ')}`.replace(/[\\/:*?"<>|]+/g, '-').slice(0, 120)

/** What stands on the paper, from the records around the quote. */
const usePaper = (quote: Quote): QuotePaper => {
  const { t } = useTranslation('quotes')
  const { workspaceName, currency } = useSession()
  const account = useRecord('account', quote.accountId ?? '')
  const contact = useRecord('contact', quote.contactId ?? '')
  return {
    quote,
    currency: quote.currency ?? currency,
    sender: workspaceName,
    customer: [account ? recordName('account', account) : '', ...addressOf(account)].filter(
      Boolean,
    ),
    contact: contact ? recordName('contact', contact) : '',
    text: (key, values) => t(`pdf.${key}`, values ?? {}),
    locale: locale(),
    formatDay,
  }
}

/** The quote as a file to send or print. */
export const PdfButtons = ({ quote }: { quote: Quote }) => {
  const { t } = useTranslation('quotes')
  const paper = usePaper(quote)
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      saveFile(`${fileName(quote)}.pdf`, await makeQuotePdf(paper))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      notifications.show({ color: 'red', title: t('pdfFailed'), message })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      variant="default"
      loading={isBusy}
      leftSection={<IconFileTypePdf size={14} stroke={1.5} />}
      onClick={() => void save()}
    >
      {t('savePdf')}
    </Button>
  )
}
