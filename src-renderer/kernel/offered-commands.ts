/** What can be done with what is on screen now, for the command palette. */
import { type ReactNode, useEffect, useRef } from 'react'

export type OfferedCommand = { id: string; label: string; icon?: ReactNode; run: () => void }

const offers = new Set<{ current: readonly OfferedCommand[] }>()

/** Offers commands for as long as the component lives. */
export const useOfferedCommands = (commands: readonly OfferedCommand[]): void => {
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => {
    offers.add(latest)
    return () => void offers.delete(latest)
  }, [])
}

/** The commands offered at this moment, those of the newest component first. */
export const offeredCommands = (): OfferedCommand[] =>
  [...offers].reverse().flatMap(({ current }) => current)
