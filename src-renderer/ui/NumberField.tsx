import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { numberOf } from './number-of'

type Props = Omit<NumberInputProps, 'value' | 'onChange' | 'defaultValue'> & {
  value: number | null
  onChange: (value: number | null) => void
}

/** An input for a number; what is typed stays as it was typed while it means the value. */
export const NumberField = ({ value, onChange, ...rest }: Props) => {
  const [typed, setTyped] = useState<number | string>(value ?? '')
  useEffect(() => setTyped((was) => (numberOf(was) === value ? was : (value ?? ''))), [value])
  return (
    <NumberInput
      {...rest}
      value={typed}
      onChange={(next) => {
        setTyped(next)
        const number = numberOf(next)
        if (number !== undefined && number !== value) onChange(number)
      }}
    />
  )
}
