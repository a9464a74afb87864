import { currencyExponent, majorToMinor, minorToMajor } from '../../../shared/kernel/money'
import { NumberCell } from '../../kernel/editing/NumberCell'

type Props = {
  label: string
  /** Minor units. */
  value: number | null
  currency: string
  disabled: boolean
  onSave: (minor: number | null) => void
}

const most = 1_000_000_000

/** An amount that is saved when it is left. */
export const MoneyCell = ({ label, value, currency, disabled, onSave }: Props) => (
  <NumberCell
    label={label}
    width="100%"
    min={-most}
    max={most}
    suffix=""
    decimals={currencyExponent(currency)}
    value={value === null ? null : minorToMajor(value, currency)}
    disabled={disabled}
    onSave={(major) => onSave(major === null ? null : majorToMinor(major, currency))}
  />
)
