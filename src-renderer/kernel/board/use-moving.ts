/** Cards that were dropped and whose move is being written: the board shows them where they go. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { AnyRow } from '../../../shared/kernel/entity'
import { recordKeys } from '../use-store'

export type Moving = ReadonlyMap<string, { row: AnyRow; stageId: string }>

const nothing: Moving = new Map()

export const useMoving = (entity: string) => {
  const client = useQueryClient()
  const [moving, setMoving] = useState<Moving>(nothing)
  const track = useCallback(
    ({ row, stage }: { row: AnyRow; stage: AnyRow }, work: Promise<unknown>) => {
      setMoving((held) => new Map(held).set(row.id, { row, stageId: stage.id }))
      const settle = async () => {
        await work
        // Only once the lists have been read again does the store know better than the board.
        await client.invalidateQueries({ queryKey: recordKeys.entity(entity) })
      }
      void settle().finally(() =>
        setMoving((held) => {
          const next = new Map(held)
          next.delete(row.id)
          return next
        }),
      )
    },
    [client, entity],
  )
  return { moving, track }
}
