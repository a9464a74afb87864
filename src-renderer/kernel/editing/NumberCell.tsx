import { NumberInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { numberOf } from '../../ui/number-of'

type Props = {
  label: string
  value: number | null
  onSave: (value: number | null) => void
  min: number
  max: number
  suffix: string
  width: number | string
  disabled: boolean
  /** Whole numbers, where nothing is said. */
  decimals?: number
  /** Shows all its decimals, as amounts of money do. */
  isPadded?: boolean
}

/** A number that is saved when it is left. */
export const NumberCell = (props: Props) => {
  const { label, value, onSave, min, max, suffix, width, disabled, decimals = 0 } = props
  const [draft, setDraft] = useState<number | string>(value ?? '')
  useEffect(() => setDraft(value ?? ''), [value])
  return (
    <NumberInput
      w={width}
      aria-label={label}
      min={min}
      max={max}
      clampBehavior="strict"
      decimalScale={decimals}
      fixedDecimalScale={props.isPadded ?? false}
      thousandSeparator={decimals > 0}
      suffix={suffix}
      hideControls
      disabled={disabled}
      value={draft}
      onChange={setDraft}
      onBlur={() => {
        const next = numberOf(draft)
        if (next === undefined) setDraft(value ?? '')
        else if (next !== value) onSave(next)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLElement) event.target.blur()
      }}
    />
  )
}
