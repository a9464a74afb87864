import { currencyExponent, majorToMinor, minorToMajor } from '../../../shared/kernel/money'
import { NumberCell } from './NumberCell'

type Props = {
  label: string
  /** Minor units. */
  value: number | null
  currency: string
  disabled: boolean
  onSave: (minor: number | null) => void
  /** Major units; as far below zero as above, where nothing is said. */
  min?: number
  /** Says the currency behind the amount. */
  hasCode?: boolean
}

const most = 1_000_000_000

/** An amount that is saved when it is left. */
export const MoneyCell = (props: Props) => {
  const { label, value, currency, disabled, onSave, min = -most, hasCode = false } = props
  return (
    <NumberCell
      label={label}
      width="100%"
      min={min}
      max={most}
      suffix={hasCode ? ` ${currency}` : ''}
      decimals={currencyExponent(currency)}
      isPadded
      value={value === null ? null : minorToMajor(value, currency)}
      disabled={disabled}
      onSave={(major) => onSave(major === null ? null : majorToMinor(major, currency))}
    />
  )
}
