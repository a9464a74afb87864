/** Records that look like the one being typed: same e-mail, phone, name or company. */
import { useDebouncedValue } from '@mantine/hooks'
import { type Likeness, somebodyOf } from '../../../shared/features/likeness/likeness'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { useServerSearch } from '../copy/use-copy'
import { useRecords } from '../use-records'
import { useLikely } from './use-likely'

/** A record that is there already; without reasons it merely has the same name. */
export type Duplicate = { entity: string; row: AnyRow; reasons: (Likeness | 'title')[] }

/** Whom a new record of an entity may be about: people and companies stand in several lists. */
const lookedThrough: { readonly [entity: string]: readonly string[] } = {
  lead: ['lead', 'contact', 'account'],
  contact: ['contact', 'lead'],
  account: ['account'],
}

const shown = 4
const typingMs = 120

export const useDuplicates = (
  entity: AnyEntity,
  values: { [field: string]: unknown },
): Duplicate[] => {
  const [settled] = useDebouncedValue(values, typingMs)
  const likely = useLikely(somebodyOf(entity.name, settled), lookedThrough[entity.name] ?? [])
  const name = typeof settled.name === 'string' ? settled.name.trim() : ''
  // Where this laptop holds a part only, the server may know somebody by the same address.
  const known = [settled.email, settled.phone, name].find(
    (value) => typeof value === 'string' && value.length > 3,
  )
  useServerSearch(String(known ?? ''))
  const isTelling = 'name' in entity.fields && name.length > 3
  const { rows } = useRecords(
    {
      entity: entity.name,
      where: [{ field: 'name', operator: 'eq', value: name }],
      limit: shown,
    },
    { enabled: isTelling },
  )
  const named = (isTelling ? rows : []).map((row) => ({
    entity: entity.name,
    row,
    reasons: ['title' as const],
  }))
  const all: Duplicate[] = [...likely, ...named]
  return all
    .filter(({ row }, index) => all.findIndex((other) => other.row.id === row.id) === index)
    .slice(0, shown)
}
