/** Which columns are folded to a strip: those of closed stages, and as this person has it on this machine. */
import { useLocalStorage } from '@mantine/hooks'
import { useCallback } from 'react'
import type { AnyRow } from '../../../shared/kernel/entity'

type Folded = { [stageId: string]: boolean }

const nothing: Folded = {}

export const useFoldedColumns = (entity: string) => {
  const [folded, setFolded] = useLocalStorage<Folded>({
    key: `roadbook.board.${entity}`,
    defaultValue: nothing,
    getInitialValueInEffect: false,
  })
  const isFolded = (stage: AnyRow): boolean => folded[stage.id] ?? stage.stageType !== 'open'
  const fold = useCallback(
    (id: string, value: boolean) => setFolded((held) => ({ ...held, [id]: value })),
    [setFolded],
  )
  return { isFolded, fold }
}
