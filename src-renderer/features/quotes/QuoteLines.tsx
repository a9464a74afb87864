import { Alert, Button, Group, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Quote, quote as quoteEntity } from '../../../shared/features/quotes/quote'
import { formatMoney } from '../../../shared/kernel/money'
import { useEdit } from '../../kernel/editing/use-edit'
import type { RecordPartProps } from '../../kernel/feature-view'
import { useMayEdit } from '../../kernel/record/KeyFields'
import recordClasses from '../../kernel/record/record.module.css'
import { useCommit, useRecord } from '../../kernel/use-records'
import { useSession } from '../../kernel/use-store'
import { locale } from '../../ui/format'
import { changeLine, chooseProduct, emptyLine, moveLine, removeLine } from './lines'
import { PdfButtons } from './PdfButtons'
import { QuoteLineRow } from './QuoteLineRow'
import { QuoteTotals } from './QuoteTotals'
import classes from './quotes.module.css'

const heads = ['what', 'quantity', 'price', 'discount', 'tax', 'sum'] as const

/** An accepted quote says what the opportunity is worth: one click makes it so. */
const UseAsAmount = ({ quote, currency }: { quote: Quote; currency: string }) => {
  const { t } = useTranslation('quotes')
  const commit = useCommit()
  const opportunity = useRecord('opportunity', quote.opportunityId ?? '')
  const isSame = opportunity?.amount === quote.total && opportunity?.currency === currency
  if (quote.status !== 'accepted' || !opportunity || isSame) return null
  const name = String(opportunity.name)
  const amount = formatMoney(quote.total ?? 0, currency, locale())
  return (
    <Alert variant="light" mt="sm" role="note">
      <Group justify="space-between">
        <Text size="sm">{t('amountDiffers', { name, amount })}</Text>
        <Button
          variant="default"
          onClick={() =>
            void commit(
              [
                {
                  entity: 'opportunity',
                  id: opportunity.id,
                  set: { amount: quote.total, currency },
                },
              ],
              { label: t('amountTaken', { name }), toast: true },
            )
          }
        >
          {t('useAsAmount')}
        </Button>
      </Group>
    </Alert>
  )
}

/** What is offered, line by line, and what it comes to. */
export const QuoteLines = ({ row }: RecordPartProps) => {
  const { t } = useTranslation('quotes')
  const session = useSession()
  const edit = useEdit('quote')
  // Rows of an entity have its shape.
  const quote = row as Quote
  const isAgreed = quote.status === 'accepted'
  const canEdit = useMayEdit(quoteEntity, quote) && !isAgreed && quote.deletedAt === null
  const currency = quote.currency ?? session.currency
  const { lines } = quote
  const save = (next: Quote['lines']) => edit(quote, { lines: next })
  return (
    <section className={recordClasses.section}>
      <div className={classes.head}>
        <h2 className={recordClasses.sectionTitle}>{t('lines')}</h2>
        <PdfButtons quote={quote} />
      </div>
      {isAgreed ? (
        <Text size="sm" c="var(--text-quiet)" mb="xs">
          {t('agreed')}
        </Text>
      ) : null}
      <div className={classes.scroll}>
        <table className={classes.lines}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className={classes[head]}>
                  {t(`head.${head}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <QuoteLineRow
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
                key={at}
                line={line}
                number={at + 1}
                isLast={at === lines.length - 1}
                currency={currency}
                canEdit={canEdit}
                onChange={(change) => save(changeLine(lines, at, change))}
                onProduct={(productId) => save(chooseProduct(lines, at, productId))}
                onMove={(by) => save(moveLine(lines, at, by))}
                onRemove={() => save(removeLine(lines, at))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {lines.length === 0 ? (
        <Text size="sm" c="var(--text-quiet)" my="xs">
          {t('noLines')}
        </Text>
      ) : null}
      <div className={classes.foot}>
        {canEdit ? (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => save([...lines, emptyLine])}
          >
            {t('addLine')}
          </Button>
        ) : (
          <span />
        )}
        <QuoteTotals
          quote={quote}
          currency={currency}
          canEdit={canEdit}
          onDiscount={(discountPercent) => edit(quote, { discountPercent })}
        />
      </div>
      <UseAsAmount quote={quote} currency={currency} />
    </section>
  )
}
