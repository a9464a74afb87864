/**
 * Inserts many rows with few statements: every statement opens all indexes of its table anew, which
 * for a table with a hundred of them takes longer than a row itself.
 */
import type { Database, Statement } from 'better-sqlite3'

/** Rows of one statement, largest first; what is left over goes in smaller ones. */
const sizes = [64, 8, 1] as const

type Target = {
  table: string
  columns: readonly string[]
  /** What stands behind the rows, such as `on conflict ...`. */
  tail?: string
}

const sqlFor = ({ table, columns, tail = '' }: Target, rows: number): string => {
  const row = `(${columns.map(() => '?').join(', ')})`
  return `insert into ${table} (${columns.join(', ')}) values ${Array(rows).fill(row).join(', ')} ${tail}`
}

/** Makes the function that inserts rows, each with a value for every column. */
export const createBulkInsert = <Row extends readonly unknown[]>(
  client: Database,
  target: Target,
): ((rows: readonly Row[]) => void) => {
  const statements = new Map<number, Statement<unknown[]>>(
    sizes.map((size) => [size, client.prepare(sqlFor(target, size))]),
  )
  return (rows) => {
    let from = 0
    for (const size of sizes)
      for (; rows.length - from >= size; from += size)
        statements.get(size)?.run(...rows.slice(from, from + size).flat())
  }
}
