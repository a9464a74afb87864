import { useEffect, useState } from 'react'

const minuteMs = 60_000

/** The time, told anew every minute or as often as is asked: for what becomes due while people look at it. */
export const useNow = (everyMs = minuteMs): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
