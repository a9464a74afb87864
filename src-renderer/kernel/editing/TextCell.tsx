import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'

type Props = {
  label: string
  value: string
  onSave: (value: string) => void
  isRequired?: boolean
  isLong?: boolean
  disabled?: boolean
  placeholder?: string
}

/** A text that is saved when it is left; Escape and an empty required one bring the old back. */
export const TextCell = (props: Props) => {
  const { label, value, onSave, isRequired, isLong, disabled, placeholder } = props
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const save = () => {
    const clean = text.trim()
    if (clean === value) return
    if (clean === '' && isRequired) return setText(value)
    onSave(clean)
  }
  const common = {
    'aria-label': label,
    value: text,
    disabled: disabled ?? false,
    onBlur: save,
    ...(placeholder ? { placeholder } : {}),
  }
  if (isLong)
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...common}
      maxLength={200}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setText(value)
      }}
    />
  )
}
