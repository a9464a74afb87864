import { entityNamed } from '../../../shared/features/index'
import { Initials } from '../../ui/Initials'
import { Pill } from '../../ui/Pill'
import { RecordLink } from '../RecordLink'
import { recordName, useRecordsById } from '../use-records'
import classes from './fields.module.css'

/** The record that a reference points at, by name; a link unless it stands inside something clickable. */
export const Reference = ({
  target,
  id,
  link = true,
}: {
  target: string
  id: string
  link?: boolean
}) => {
  const row = useRecordsById(target, [id]).get(id)
  const entity = entityNamed(target)
  const name = recordName(target, row)
  if (!entity || name === '') return <span className={classes.quiet}>…</span>
  // What has a colour of its own, such as a stage, is known by it.
  if (row && 'color' in entity.fields)
    return <Pill color={String(row.color ?? 'gray')}>{name}</Pill>
  const content = (
    <>
      <Initials name={name} size={18} square={target === 'account'} />
      <span className={classes.ellipsis}>{name}</span>
    </>
  )
  if (!link || entity.kind === 'server') return <span className={classes.reference}>{content}</span>
  return (
    <RecordLink plural={entity.plural} id={id} className={`${classes.reference} ${classes.link}`}>
      {content}
    </RecordLink>
  )
}
