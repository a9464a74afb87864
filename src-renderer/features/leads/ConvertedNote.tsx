import { useTranslation } from 'react-i18next'
import type { AnyRow } from '../../../shared/kernel/entity'
import { Reference } from '../../kernel/fields/Reference'
import { useNow } from '../../kernel/use-now'
import { formatInstant, formatWhen } from '../../ui/format'
import classes from './leads.module.css'

const parts = [
  ['contact', 'convertedContactId'],
  ['account', 'convertedAccountId'],
  ['opportunity', 'convertedOpportunityId'],
] as const

/** What became of a lead that was converted. */
export const ConvertedNote = ({ row }: { row: AnyRow }) => {
  const now = useNow()
  const { t } = useTranslation('pipelines')
  if (typeof row.convertedAt !== 'string') return null
  return (
    <p className={classes.converted}>
      <span title={formatInstant(row.convertedAt)}>
        {t('convert.when', { when: formatWhen(row.convertedAt, now) })}
      </span>
      {parts.map(([target, field]) => {
        const id = row[field]
        return typeof id === 'string' ? <Reference key={field} target={target} id={id} /> : null
      })}
    </p>
  )
}
