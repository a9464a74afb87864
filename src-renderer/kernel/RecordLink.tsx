import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

type Props = { plural: string; id: string; className?: string | undefined; children: ReactNode }

/**
 * A link to a record for places that hold many: the router's own follows every change of the address,
 * which costs a long list more than its rows.
 */
export const RecordLink = ({ plural, id, className, children }: Props) => {
  const navigate = useNavigate()
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return
    event.preventDefault()
    void navigate({ to: '/$plural/$id', params: { plural, id } })
  }
  return (
    <a href={`/${plural}/${id}`} className={className} dir="auto" onClick={open}>
      {children}
    </a>
  )
}
