/** Over which column a card is held, by pointer or by keyboard. */
import type { CollisionDetection, KeyboardCoordinateGetter } from '@dnd-kit/core'

type Span = { left: number; right: number }

/** The index of the span in which a place lies, else of the nearest one; -1 where there is none. */
export const spanAt = (spans: readonly Span[], x: number): number => {
  const distances = spans.map(({ left, right }) => Math.max(left - x, x - right, 0))
  return distances.indexOf(Math.min(...distances))
}

/** How far inside a column a card is put that is held by keyboard. */
const inset = 8

/** Columns are as tall as the board: only where the pointer stands from left to right counts. */
export const columnUnder: CollisionDetection = ({
  pointerCoordinates,
  collisionRect,
  droppableContainers,
  droppableRects,
}) => {
  const columns = droppableContainers.flatMap((container) => {
    const rect = droppableRects.get(container.id)
    return rect ? [{ id: container.id, left: rect.left, right: rect.right, container }] : []
  })
  const found = columns[spanAt(columns, pointerCoordinates?.x ?? collisionRect.left + inset)]
  return found ? [{ id: found.id, data: { droppableContainer: found.container } }] : []
}

/** Arrow keys take a held card to the next column. */
export const nextColumn: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.code]
  if (step === undefined) return undefined
  event.preventDefault()
  const columns = context.droppableContainers
    .getEnabled()
    .flatMap(({ id }) => context.droppableRects.get(id) ?? [])
    .sort((a, b) => a.left - b.left)
  const at = spanAt(columns, currentCoordinates.x + inset)
  const target = columns[at + step]
  return target ? { x: target.left + inset / 2, y: currentCoordinates.y } : undefined
}
