import type { ComponentProps } from 'react'
import { currencyExponent, majorToMinor, minorToMajor } from '../../../shared/kernel/money'
import { NumberField } from '../../ui/NumberField'

type Props = ComponentProps<typeof NumberField> & { currency: string }

/** An input for an amount in minor units, typed and shown in major ones with the currency behind. */
export const MoneyField = ({ currency, value, onChange, ...rest }: Props) => (
  <NumberField
    thousandSeparator
    {...rest}
    decimalScale={currencyExponent(currency)}
    rightSection={<span>{currency}</span>}
    rightSectionWidth={44}
    value={value === null ? null : minorToMajor(value, currency)}
    onChange={(major) => onChange(major === null ? null : majorToMinor(major, currency))}
  />
)
