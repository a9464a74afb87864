import { useContext } from 'react'
import type { AnyRow } from '../../../shared/kernel/entity'
import { Pill } from '../../ui/Pill'
import { useRecordsById } from '../use-records'
import classes from './fields.module.css'
import { type Named, NamedRecords } from './named-records'

/** Tags as pills, in the order of their names. */
export const Tags = ({ ids }: { ids: readonly string[] }) => {
  const named = useContext(NamedRecords)
  return ids.every((id) => named.has(id)) ? (
    <Pills tags={rowsOf(named, ids)} />
  ) : (
    <LookedUp ids={ids} />
  )
}

const rowsOf = (tags: Named, ids: readonly string[]): AnyRow[] =>
  ids.flatMap((id) => tags.get(id) ?? [])

const LookedUp = ({ ids }: { ids: readonly string[] }) => (
  <Pills tags={rowsOf(useRecordsById('tag', ids), ids)} />
)

const Pills = ({ tags }: { tags: readonly AnyRow[] }) => (
  <span className={classes.pills}>
    {[...tags]
      .sort((a, b) => String(a.name).localeCompare(String(b.name)))
      .map((tag) => (
        <Pill key={tag.id} color={String(tag.color ?? 'gray')}>
          {String(tag.name)}
        </Pill>
      ))}
  </span>
)
