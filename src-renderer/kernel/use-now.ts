import { useEffect, useState } from 'react'

/** The time, anew at the beginning of every minute: for what becomes due while people look at it. */
export const useMinute = (): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
