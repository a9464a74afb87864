/** Moves the focus over the board by arrow keys; columns tell which cards they hold. */
import { type KeyboardEvent, useRef, useState } from 'react'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { ColumnHandle } from './BoardColumn'

const steps: { [key: string]: { column?: number; row?: number } } = {
  ArrowDown: { row: 1 },
  j: { row: 1 },
  ArrowUp: { row: -1 },
  k: { row: -1 },
  ArrowRight: { column: 1 },
  l: { column: 1 },
  ArrowLeft: { column: -1 },
  h: { column: -1 },
}

export const useBoardFocus = (stages: readonly AnyRow[]) => {
  const handles = useRef(new Map<string, ColumnHandle>())
  const [focus, setFocus] = useState({ id: '', tick: 0 })
  const focusOn = (id: string) => setFocus(({ tick }) => ({ id, tick: tick + 1 }))

  /** The nearest column in a direction that has cards. */
  const neighbour = (stageId: string, step: number): ColumnHandle | undefined => {
    const start = stages.findIndex(({ id }) => id === stageId)
    for (let at = start + step; at >= 0 && at < stages.length; at += step) {
      const handle = handles.current.get(stages[at]?.id ?? '')
      if (handle && handle.total > 0) return handle
    }
    return undefined
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key]
    const card = event.target
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (!step || !isPlain || !(card instanceof HTMLElement) || !card.dataset.card) return
    event.preventDefault()
    const stageId = card.closest<HTMLElement>('[data-stage]')?.dataset.stage ?? ''
    const index = Number(card.dataset.index)
    const handle = step.column ? neighbour(stageId, step.column) : handles.current.get(stageId)
    if (!handle) return
    const to = Math.min(handle.total - 1, Math.max(0, index + (step.row ?? 0)))
    const id = handle.idAt(to)
    handle.scrollTo(to)
    if (id) focusOn(id)
  }
  return { handles, focus, focusOn, onKeyDown }
}
