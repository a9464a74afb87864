import type { ReactNode } from 'react'
import { useIsPainted } from './use-after-paint'

/** What may come a moment later, so that what stands around it is on screen first. */
export const AfterPaint = ({ children }: { children: ReactNode }) =>
  useIsPainted() ? children : null
