import { IconLayoutKanban } from '@tabler/icons-react'
import type { ListLayout } from '../feature-view'

/** The board of an entity as a layout of its list. */
export const boardLayout = (Component: ListLayout['Component']): ListLayout => ({
  id: 'board',
  label: 'pipelines:board',
  icon: <IconLayoutKanban size={15} stroke={1.5} />,
  Component,
})
