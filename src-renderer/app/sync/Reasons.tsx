import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import classes from './sync.module.css'

type Problem = { path: string; message: string }

/** The problems that concern one field; a path may point into the value. */
export const problemsOf = (problems: readonly Problem[], field: string): Problem[] =>
  problems.filter(({ path }) => path === field || path.startsWith(`${field}.`))

type Props = { entity: AnyEntity; field: string; problems: readonly Problem[] }

/** Why the value of one field was refused. */
export const Reasons = ({ entity, field, problems }: Props) => {
  const label = fieldOf(entity, field)?.label ?? field
  return problemsOf(problems, field).map(({ message }) => (
    <p key={message} className={classes.why}>
      {label} {message}
    </p>
  ))
}
