import type { AnyField } from '../../../shared/kernel/field'
import { formatMoney } from '../../../shared/kernel/money'
import { formatDay, formatWhen, humanise, locale } from '../../ui/format'
import { useNow } from '../use-now'
import { recordName, useRecordsById } from '../use-records'
import { useSession } from '../use-store'

/** The value of a filter in words. */
export const FilterValueText = ({ field, value }: { field: AnyField; value: unknown }) => {
  const now = useNow()
  const { currency } = useSession()
  const ids = field.target
    ? (Array.isArray(value) ? value : [value]).filter(Boolean).map(String)
    : []
  const records = useRecordsById(field.target ?? '', ids)
  if (ids.length > 0)
    return <b>{ids.map((id) => recordName(field.target ?? '', records.get(id))).join(', ')}</b>
  if (value === null || value === undefined || value === '') return <b>…</b>
  if (field.kind === 'money') return <b>{formatMoney(Number(value), currency, locale())}</b>
  if (field.kind === 'day') return <b>{formatDay(String(value))}</b>
  if (field.kind === 'instant') return <b>{formatWhen(String(value), now)}</b>
  if (field.kind === 'flag') return <b>{value ? '✓' : '–'}</b>
  return (
    <b>{(Array.isArray(value) ? value : [value]).map((one) => humanise(String(one))).join(', ')}</b>
  )
}
