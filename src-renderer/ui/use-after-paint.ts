import { startTransition, useEffect, useEffectEvent, useState } from 'react'

/** Runs once what was drawn last is on screen, unless it is no longer wanted by then. */
export const useAfterPaint = (run: () => void, isWanted = true): void => {
  const runLatest = useEffectEvent(run)
  useEffect(() => {
    if (!isWanted) return
    let timer: ReturnType<typeof setTimeout> | undefined
    // The timer fires behind the paint that follows the frame's callbacks.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(runLatest)
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [isWanted])
}

/** Whether a screen has been on screen once: what nobody can see or use before that waits for it. */
export const useIsPainted = (): boolean => {
  const [isPainted, setPainted] = useState(false)
  // Input that comes meanwhile goes first.
  useAfterPaint(() => startTransition(() => setPainted(true)), !isPainted)
  return isPainted
}
