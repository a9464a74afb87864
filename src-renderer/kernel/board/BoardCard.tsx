import { useDraggable } from '@dnd-kit/core'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyRow, titleOf } from '../../../shared/kernel/entity'
import type { StagedView } from '../stages/staged-view'
import classes from './board.module.css'
import { type CardContext, CardFace } from './CardFace'

type Props = CardContext & {
  view: StagedView
  row: AnyRow
  stage: AnyRow | undefined
  currency: string
  tags: ReadonlyMap<string, AnyRow>
  index: number
  canMove: boolean
  isOpen: boolean
  /** Whether Tab comes here. */
  isEntry: boolean
  /** Counts up when the focus is to go here; 0 where it is not. */
  focusTick: number
  onOpen: (row: AnyRow) => void
}

/** One record on the board. Its keys are the board's; picked up it is moved by arrows. */
export const BoardCard = memo((props: Props) => {
  const { view, row, index, focusTick, canMove, isEntry, isOpen, onOpen, ...face } = props
  const { t } = useTranslation('pipelines')
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: row.id,
    data: { row, context: face },
    disabled: !canMove,
  })
  const element = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (focusTick > 0) element.current?.focus({ preventScroll: true })
  }, [focusTick])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the board listens to the keys of all its cards
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs; this groups what one card says
    <div
      ref={(node) => {
        element.current = node
        setNodeRef(node)
      }}
      {...listeners}
      role="group"
      tabIndex={isEntry ? 0 : -1}
      aria-label={titleOf(view.entity, row) || t('untitled')}
      aria-roledescription={t('card')}
      aria-describedby={attributes['aria-describedby']}
      className={classes.card}
      data-card={row.id}
      data-index={index}
      data-dragging={isDragging || undefined}
      data-open={isOpen || undefined}
      onClick={() => onOpen(row)}
    >
      <CardFace view={view} row={row} {...face} />
    </div>
  )
})
