/** Records that came along with the rows that name them: their names stand there with the row. */
import { createContext } from 'react'
import type { AnyRow } from '../../../shared/kernel/entity'

export type Named = ReadonlyMap<string, AnyRow>

export const noneNamed: Named = new Map()

/** By id. What is not among them is read by whoever shows it. */
export const NamedRecords = createContext<Named>(noneNamed)
