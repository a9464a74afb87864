import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './PageHeader.module.css'

/** A screen's name and its main actions. */
export const PageHeader = ({ title, children }: { title: string; children?: ReactNode }) => (
  <header className={classes.header}>
    <Title order={1} size="h2">
      {title}
    </Title>
    <div className={classes.actions}>{children}</div>
  </header>
)
