import { type ReactNode, startTransition, useState } from 'react'
import { useAfterPaint } from './use-after-paint'

/** What may come a moment later, so that what stands around it is on screen first. */
export const AfterPaint = ({ children }: { children: ReactNode }) => {
  const [isPainted, setPainted] = useState(false)
  useAfterPaint(() => startTransition(() => setPainted(true)))
  return isPainted ? children : null
}
