import { useContext } from 'react'
import { entityNamed } from '../../../shared/features/index'
import type { AnyRow } from '../../../shared/kernel/entity'
import { Initials } from '../../ui/Initials'
import { Pill } from '../../ui/Pill'
import { RecordLink } from '../RecordLink'
import { recordName, useRecordsById } from '../use-records'
import classes from './fields.module.css'
import { NamedRecords } from './named-records'

type Props = {
  target: string
  id: string
  link?: boolean
}

/** The record that a reference points at, by name; a link unless it stands inside something clickable. */
export const Reference = (props: Props) => {
  const row = useContext(NamedRecords).get(props.id)
  return row ? <ReferenceTo {...props} row={row} /> : <LookedUp {...props} />
}

const LookedUp = (props: Props) => (
  <ReferenceTo {...props} row={useRecordsById(props.target, [props.id]).get(props.id)} />
)

const ReferenceTo = ({ target, id, link = true, row }: Props & { row: AnyRow | undefined }) => {
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
