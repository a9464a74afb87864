import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../shared/features/index'
import { useSession } from '../kernel/use-store'
import { useSavedViews } from '../kernel/views/use-saved-views'
import { definitionOf } from '../kernel/views/view-definition'
import { EntityIcon } from '../ui/icons'
import classes from './app.module.css'
import { type Place, placeName, usePlaces } from './places'

type Props = { collapsed: boolean; onToggle: () => void; onNavigate?: () => void }

type ItemProps = {
  to: string
  icon: ReactNode
  label: string
  collapsed: boolean
  exact?: boolean
  Badge: Place['Badge']
  onNavigate?: () => void
}

const Item = ({ to, icon, label, collapsed, exact = false, Badge, onNavigate }: ItemProps) => (
  <Link
    to={to}
    className={classes.nav}
    activeOptions={{ exact, includeSearch: false }}
    activeProps={{ 'data-active': true, 'aria-current': 'page' }}
    title={collapsed ? label : undefined}
    aria-label={collapsed ? label : undefined}
    onClick={onNavigate}
  >
    {icon}
    {collapsed ? null : label}
    {collapsed || !Badge ? null : <Badge />}
  </Link>
)

const Places = ({
  group,
  ...common
}: {
  group: Place['group']
  collapsed: boolean
  onNavigate?: () => void
}) => {
  const { t } = useTranslation('app')
  return usePlaces()
    .filter((place) => place.group === group)
    .map(({ id, to, icon, label, Badge }) => (
      <Item
        key={id}
        to={to}
        exact={to === '/'}
        icon={icon}
        label={placeName(label, t)}
        Badge={Badge}
        {...common}
      />
    ))
}

/** Own and shared views, one click away from everywhere. */
const SavedViewLinks = ({ onNavigate }: { onNavigate: (() => void) | undefined }) => {
  const { t } = useTranslation('app')
  const views = useSavedViews().slice(0, 12)
  if (views.length === 0) return null
  return (
    <>
      <div className={classes.divider} />
      <h2 className={classes.navTitle}>{t('views')}</h2>
      {views.map((view) => {
        const entity = entityNamed(String(view.entityName))
        if (!entity) return null
        return (
          <Link
            key={view.id}
            to="/$plural"
            params={{ plural: entity.plural }}
            search={{ ...definitionOf(view).search, view: view.id }}
            className={classes.nav}
            title={String(view.name)}
            {...(onNavigate ? { onClick: onNavigate } : {})}
          >
            <EntityIcon name={entity.icon} />
            <span className={classes.navText}>{String(view.name)}</span>
          </Link>
        )
      })}
    </>
  )
}

export const Sidebar = ({ collapsed, onToggle, onNavigate }: Props) => {
  const { t } = useTranslation('app')
  const { workspaceName } = useSession()
  const common = { collapsed, ...(onNavigate ? { onNavigate } : {}) }
  return (
    <nav
      className={classes.sidebar}
      data-collapsed={collapsed || undefined}
      aria-label={t('navigation')}
    >
      <div className={classes.brand} title={workspaceName}>
        <img src="/icon.svg" alt="" />
        {collapsed ? null : <span className={classes.brandText}>{workspaceName}</span>}
      </div>
      <Places group="own" {...common} />
      <div className={classes.divider} />
      <Places group="records" {...common} />
      {collapsed ? null : <SavedViewLinks onNavigate={onNavigate} />}
      <div className={classes.push} />
      <Places group="bottom" {...common} />
      <button
        type="button"
        className={classes.nav}
        onClick={onToggle}
        aria-label={collapsed ? t('expand') : t('collapse')}
      >
        {collapsed ? (
          <IconLayoutSidebarLeftExpand size={16} stroke={1.5} />
        ) : (
          <>
            <IconLayoutSidebarLeftCollapse size={16} stroke={1.5} />
            {t('collapse')}
          </>
        )}
      </button>
    </nav>
  )
}
