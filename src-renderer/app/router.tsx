import { createRootRoute, createRoute, createRouter, useParams } from '@tanstack/react-router'
import { entityByPlural } from '../../shared/features/index'
import type { AnyEntity } from '../../shared/kernel/entity'
import { LazyCalendar } from '../features/activities/calendar/LazyCalendar'
import { InboxScreen } from '../features/activities/inbox/InboxScreen'
import { DashboardScreen } from '../features/dashboard/DashboardScreen'
import { LazyForecast } from '../features/forecast/LazyForecast'
import { ImportScreen } from '../features/import/ImportScreen'
import { EntityListScreen } from '../kernel/list/EntityListScreen'
import { RecordScreen } from '../kernel/record/RecordScreen'
import { useAccess } from '../kernel/use-access'
import { ErrorState } from '../ui/ErrorState'
import { Frame } from './Frame'
import { NotFoundScreen } from './NotFoundScreen'
import { SyncIssuesScreen } from './SyncIssuesScreen'
import { SettingsScreen } from './settings/SettingsScreen'
import { AwayScreen } from './sync/AwayScreen'

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFoundScreen,
  errorComponent: ({ error }) => <ErrorState error={error} />,
})

/** The entity of the address as the user knows it; nothing where none of its records are theirs to see. */
const useEntity = (): AnyEntity | undefined => {
  const { plural } = useParams({ strict: false })
  const access = useAccess()
  const entity = entityByPlural(plural ?? '')
  return entity && access.may('read', entity) ? access.known(entity) : undefined
}

const ListRoute = () => {
  const entity = useEntity()
  return entity ? <EntityListScreen key={entity.name} entity={entity} /> : <NotFoundScreen />
}

const RecordRoute = () => {
  const { id } = useParams({ strict: false })
  const entity = useEntity()
  return entity && id ? <RecordScreen key={id} entity={entity} id={id} /> : <NotFoundScreen />
}

const ImportRoute = () => {
  const entity = useEntity()
  return entity ? <ImportScreen key={entity.name} entity={entity} /> : <NotFoundScreen />
}

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: DashboardScreen }),
  createRoute({ getParentRoute: () => root, path: '/tasks', component: InboxScreen }),
  createRoute({ getParentRoute: () => root, path: '/calendar', component: LazyCalendar }),
  createRoute({ getParentRoute: () => root, path: '/forecast', component: LazyForecast }),
  createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsScreen }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/$section',
    component: SettingsScreen,
  }),
  createRoute({ getParentRoute: () => root, path: '/sync-issues', component: SyncIssuesScreen }),
  createRoute({ getParentRoute: () => root, path: '/away', component: AwayScreen }),
  createRoute({ getParentRoute: () => root, path: '/import/$plural', component: ImportRoute }),
  createRoute({ getParentRoute: () => root, path: '/$plural', component: ListRoute }),
  createRoute({ getParentRoute: () => root, path: '/$plural/$id', component: RecordRoute }),
] as const

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultErrorComponent: ({ error }) => <ErrorState error={error} />,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
