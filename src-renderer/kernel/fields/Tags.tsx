import { Pill } from '../../ui/Pill'
import { useRecordsById } from '../use-records'
import classes from './fields.module.css'

/** Tags as pills, in the order of their names. */
export const Tags = ({ ids }: { ids: readonly string[] }) => {
  const tags = useRecordsById('tag', ids)
  const shown = ids
    .flatMap((id) => tags.get(id) ?? [])
    .sort((a, b) => String(a.name).localeCompare(String(b.name)))
  return (
    <span className={classes.pills}>
      {shown.map((tag) => (
        <Pill key={tag.id} color={String(tag.color ?? 'gray')}>
          {String(tag.name)}
        </Pill>
      ))}
    </span>
  )
}
