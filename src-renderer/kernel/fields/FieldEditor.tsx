import { Text } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { AnyField } from '../../../shared/kernel/field'
import { normalisePhone } from '../../../shared/kernel/phone'
import { problemsOf, valueSchema } from '../../../shared/kernel/schema'
import { FieldInput, isOneChoice } from './editors'

type Props = {
  field: AnyField
  value: unknown
  currency: string
  /** Saves; answers why that was not possible, or null. The editor stays until then, and with the reason. */
  onSubmit: (value: unknown) => Promise<string | null>
  onCancel: () => void
}

/** What is stored of what was typed. */
export const cleaned = (field: AnyField, value: unknown): unknown => {
  if (typeof value !== 'string') return value
  if (field.kind === 'phone') return normalisePhone(value)
  if (field.kind === 'longText' || field.kind === 'choice') return value
  return value.trim() === '' ? null : value.trim()
}

/** Edits one value in place: Enter and leaving save, Escape gives up, what is wrong is said and kept. */
export const FieldEditor = ({ field, value, currency, onSubmit, onCancel }: Props) => {
  const [draft, setDraft] = useState(value)
  const [problem, setProblem] = useState<string | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const done = useRef(false)

  const submit = (next: unknown) => {
    if (done.current) return
    const clean = cleaned(field, next)
    const [first] = problemsOf(valueSchema(field), clean, '')
    if (first) return setProblem(`${field.label} ${first.message}`)
    done.current = true
    if (JSON.stringify(clean) === JSON.stringify(value)) return onCancel()
    const stay = (reason: string | null) => {
      if (reason === null) return
      done.current = false
      setProblem(reason)
    }
    onSubmit(clean).then(stay, (cause: unknown) => stay(String(cause)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      done.current = true
      onCancel()
    } else if (
      event.key === 'Enter' &&
      (field.kind !== 'longText' || event.ctrlKey || event.metaKey)
    ) {
      if (event.defaultPrevented || isOneChoice(field.kind) || field.kind === 'tags') return
      event.preventDefault()
      submit(draft)
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for keys and focus of the editor inside
    <div
      ref={frame}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const next = event.relatedTarget
        const stays = next instanceof Node && frame.current?.contains(next)
        // Drop-downs live elsewhere in the page and belong to the editor all the same.
        const inPopover = next instanceof Element && next.closest('[data-portal]') !== null
        if (!stays && !inPopover) submit(draft)
      }}
    >
      <FieldInput
        field={field}
        value={draft}
        currency={currency}
        autoFocus
        onChange={(next) => {
          setDraft(next)
          setProblem(null)
          if (isOneChoice(field.kind)) submit(next)
        }}
      />
      {problem ? (
        <Text size="xs" c="var(--bad)" role="alert">
          {problem}
        </Text>
      ) : null}
    </div>
  )
}
