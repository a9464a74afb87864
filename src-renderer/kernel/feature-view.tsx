/**
 * What is special about an entity's screens: `features/` declares it, `app/` hands it down, the
 * generic screens read it. An entity without specials needs none of this.
 */
import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import type { AnyEntity, AnyRow } from '../../shared/kernel/entity'
import type { ListQuery } from '../local/api'
import type { ListSearch } from './list/list-state'

/** A dialog over a record; it closes itself by `onClose`. */
export type RecordDialogProps = { entity: AnyEntity; row: AnyRow; onClose: () => void }

/**
 * One thing to do with a record: a pure change of its fields, so that it works offline and can be
 * undone, a dialog that asks for more first, or another record that is made from it and opened.
 */
export type RecordAction = {
  id: string
  /** Key of its text with namespace, such as `records:action.complete`. */
  label: string
  icon?: ReactNode
  /** Shown as the button that stands out. */
  isPrimary?: boolean
  available: (row: AnyRow) => boolean
} & (
  | { change: (row: AnyRow, now: string) => { [field: string]: unknown } }
  | { Dialog: ComponentType<RecordDialogProps> }
  | { make: (row: AnyRow) => { entity: string; set: { [field: string]: unknown } } }
)

/** What a layout shows: the records of the query, however it likes. */
export type ListLayoutProps = {
  entity: AnyEntity
  query: ListQuery
  search: ListSearch
  /** Changes what the list shows; the address follows. */
  show: (search: ListSearch) => void
}

/** Another way to show a list beside the table, such as a board. */
export type ListLayout = {
  id: string
  /** Key of its text with namespace. */
  label: string
  icon: ReactNode
  Component: ComponentType<ListLayoutProps>
}

export type RecordPartProps = { entity: AnyEntity; row: AnyRow }

/** A further tab of the record page, or a section of its overview. */
export type RecordPart = {
  id: string
  /** Key of its text with namespace. */
  label: string
  Component: ComponentType<RecordPartProps>
}

export type FeatureView = {
  actions?: readonly RecordAction[]
  layouts?: readonly ListLayout[]
  /** Stands between the head and the tabs of the record page, such as the way through the stages. */
  Banner?: ComponentType<RecordPartProps>
  /** Sections of the overview, above notes and timeline. */
  sections?: readonly RecordPart[]
  tabs?: readonly RecordPart[]
  /** Stands at the end of the key fields, such as figures that are derived from other records. */
  Aside?: ComponentType<RecordPartProps>
}

export type FeatureViews = { readonly [entity: string]: FeatureView | undefined }

const FeatureViewsContext = createContext<FeatureViews>({})

export const FeatureViewsProvider = ({
  views,
  children,
}: {
  views: FeatureViews
  children: ReactNode
}) => <FeatureViewsContext value={views}>{children}</FeatureViewsContext>

const plain: FeatureView = {}

/** The specials of an entity; empty where it has none. */
export const useFeatureView = (entity: string): FeatureView =>
  useContext(FeatureViewsContext)[entity] ?? plain
