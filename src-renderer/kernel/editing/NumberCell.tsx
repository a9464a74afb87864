import { NumberInput } from '@mantine/core'
import { useEffect, useState } from 'react'

type Props = {
  label: string
  value: number | null
  onSave: (value: number | null) => void
  min: number
  max: number
  suffix: string
  width: number
  disabled: boolean
}

/** A whole number that is saved when it is left. */
export const NumberCell = ({ label, value, onSave, min, max, suffix, width, disabled }: Props) => {
  const [draft, setDraft] = useState<number | string>(value ?? '')
  useEffect(() => setDraft(value ?? ''), [value])
  return (
    <NumberInput
      w={width}
      aria-label={label}
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      suffix={suffix}
      hideControls
      disabled={disabled}
      value={draft}
      onChange={setDraft}
      onBlur={() => {
        const next = typeof draft === 'number' ? draft : null
        if (next !== value) onSave(next)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLElement) event.target.blur()
      }}
    />
  )
}
