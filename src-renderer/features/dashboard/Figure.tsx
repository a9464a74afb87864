import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ListCondition } from '../../local/api'
import classes from './dashboard.module.css'

type Props = {
  label: string
  value: string
  /** Stands below the label. */
  note?: ReactNode
  /** The exact value where the shown one is rounded. */
  title?: string
  isLoading: boolean
  warn?: boolean
} & ({ plural: string; filters: ListCondition[] } | { to: string })

const Content = ({ label, value, note, isLoading, warn }: Props) => (
  <>
    <span className={classes.label}>{label}</span>
    <span className={classes.value} data-warn={warn || undefined}>
      {isLoading ? '' : value}
    </span>
    <span className={classes.note}>{isLoading ? '' : note}</span>
  </>
)

/** One figure; a click leads to the records behind it. */
export const Figure = (props: Props) => {
  const common = { className: classes.figure, ...(props.title ? { title: props.title } : {}) }
  if ('to' in props)
    return (
      <Link to={props.to} {...common}>
        <Content {...props} />
      </Link>
    )
  return (
    <Link
      to="/$plural"
      params={{ plural: props.plural }}
      search={{ filters: props.filters }}
      {...common}
    >
      <Content {...props} />
    </Link>
  )
}
