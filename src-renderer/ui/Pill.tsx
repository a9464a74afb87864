import classes from './Pill.module.css'

/** A short word with a coloured dot. */
export const Pill = ({ color, children }: { color: string; children: string }) => (
  <span className={classes.pill} data-color={color}>
    <span className={classes.dot} aria-hidden />
    <span className={classes.word}>{children}</span>
  </span>
)
