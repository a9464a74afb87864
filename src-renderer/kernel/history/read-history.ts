/** What the server remembers of a record's changes, in stored values. */
import { z } from 'zod'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { camelToSnake, wireToValues } from '../../../shared/kernel/wire'
import type { LocalStore } from '../../local/api'
import { askServer } from '../ask-server'

const values = z.record(z.string(), z.unknown())

const pageSchema = z.object({
  items: z.array(
    z.object({
      id: z.number(),
      at: z.string(),
      user_id: z.string().nullable(),
      via: z.string(),
      action: z.string(),
      before: values,
      after: values,
    }),
  ),
  next_cursor: z.number().nullable(),
})

export type FieldChange = { field: string; before: unknown; after: unknown }

export type HistoryEntry = {
  id: number
  at: string
  /** Null where the server did it by itself. */
  by: string | null
  via: string
  action: string
  changes: FieldChange[]
}

export type HistoryPage = { entries: HistoryEntry[]; next: number | null }

type Values = { [field: string]: unknown }

/** Amounts are said in major units: how many of the minor ones, the record's currency tells. */
const currenciesOf = (entity: AnyEntity, row: AnyRow): Values =>
  Object.fromEntries(
    Object.values(entity.fields).flatMap(({ currencyField }) =>
      currencyField ? [[camelToSnake(currencyField), row[currencyField]]] : [],
    ),
  )

const toChanges = (
  { before, after }: { before: Values; after: Values },
  { entity, row, currency }: { entity: AnyEntity; row: AnyRow; currency: string },
): FieldChange[] => {
  const currencies = currenciesOf(entity, row)
  const read = (wire: Values): Values => {
    const found = wireToValues(entity, { ...currencies, ...wire }, { currency })
    return { ...found.values, ...found.tagNames }
  }
  const [old, fresh] = [read(before), read(after)]
  return Object.keys(entity.fields)
    .filter((field) => camelToSnake(field) in after)
    .map((field) => ({ field, before: old[field] ?? null, after: fresh[field] ?? null }))
}

/** One page of a record's history. Throws where the server cannot be reached or says no. */
export const readHistory = async (
  store: Pick<LocalStore, 'access'>,
  record: { entity: AnyEntity; row: AnyRow; currency: string },
  cursor: number | null,
): Promise<HistoryPage> => {
  const { entity, row } = record
  const path = `crm/${entity.plural}/${row.id}/history${cursor === null ? '' : `?cursor=${cursor}`}`
  const { response } = await askServer(store, path)
  // Not there yet: it was created here and waits to be sent.
  if (response.status === 404) return { entries: [], next: null }
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  const page = pageSchema.parse(await response.json())
  return {
    entries: page.items.map(({ id, at, user_id, via, action, ...sides }) => ({
      id,
      at,
      by: user_id,
      via,
      action,
      changes: toChanges(sides, record),
    })),
    next: page.next_cursor,
  }
}
