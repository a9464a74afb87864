import classes from './RowCheck.module.css'

type Props = { label: string; checked: boolean; onChange: () => void }

/** A checkbox for rows of long lists: one element, where the library's has five. */
export const RowCheck = ({ label, checked, onChange }: Props) => (
  <input
    type="checkbox"
    className={classes.check}
    aria-label={label}
    checked={checked}
    onChange={onChange}
    onClick={(event) => event.stopPropagation()}
  />
)
