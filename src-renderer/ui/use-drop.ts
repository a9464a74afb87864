import { type DragEvent, useState } from 'react'

/** Takes files that are dropped on an element: spread `handlers` on it; `data-over` stands while they hang above it. */
export const useDrop = (onFiles: (files: File[]) => void) => {
  const [isOver, setIsOver] = useState(false)
  const handlers = {
    'data-over': isOver || undefined,
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setIsOver(true)
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      onFiles([...event.dataTransfer.files])
    },
  }
  return { handlers }
}
