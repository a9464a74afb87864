import type { CSSProperties } from 'react'
import { initialsOf } from './format'
import classes from './Initials.module.css'

type Props = { name: string; size?: number; square?: boolean }

const toneOf = (name: string): number =>
  [...name].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003, 7) % 6

/** Somebody's initials in a quiet circle; decoration, the name stands beside it. */
export const Initials = ({ name, size = 22, square = false }: Props) => {
  const style: CSSProperties & Record<'--size', string> = { '--size': `${size}px` }
  return (
    <span
      className={classes.circle}
      data-square={square || undefined}
      data-tone={toneOf(name)}
      style={style}
      aria-hidden
    >
      {initialsOf(name) || '?'}
    </span>
  )
}
