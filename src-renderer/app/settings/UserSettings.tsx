import { recordName, useRecords } from '../../kernel/use-records'
import { humanise } from '../../ui/format'
import { Initials } from '../../ui/Initials'
import classes from '../app.module.css'

/** Who works in this workspace. */
export const UserSettings = () => {
  const { rows } = useRecords({
    entity: 'user',
    sort: [{ field: 'name', descending: false }],
    limit: 500,
  })
  return (
    <ul style={{ margin: 0, padding: 0 }}>
      {rows.map((user) => (
        <li key={user.id} className={classes.task}>
          <Initials name={recordName('user', user)} />
          <span className={classes.taskTitle}>{recordName('user', user)}</span>
          <span className={classes.quiet}>{String(user.email)}</span>
          <span className={classes.quiet}>{humanise(String(user.role))}</span>
        </li>
      ))}
    </ul>
  )
}
