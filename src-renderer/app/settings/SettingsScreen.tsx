import { Title } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { namespaces } from '../../i18n/index'
import { PageHeader } from '../../kernel/PageHeader'
import { useAccess, useRole } from '../../kernel/use-access'
import appClasses from '../app.module.css'
import { NotFoundScreen } from '../NotFoundScreen'
import { settingsSections } from './sections'
import classes from './settings.module.css'

/** Settings: what there is on the left, the chosen one on the right. */
export const SettingsScreen = () => {
  const { t } = useTranslation(namespaces)
  const { section: wanted = 'general' } = useParams({ strict: false })
  const access = useAccess()
  const role = useRole()
  const sections = settingsSections.filter(
    ({ sets, roles }) =>
      (sets === undefined || access.may('update', sets)) &&
      (roles === undefined || roles.includes(role)),
  )
  const section = sections.find(({ id }) => id === wanted)
  if (!section) return <NotFoundScreen />
  return (
    <div className={classes.screen}>
      <PageHeader title={t('app:set.title')} />
      <div className={classes.body}>
        <nav className={classes.nav} aria-label={t('app:set.title')}>
          {sections.map(({ id, label, icon }) => (
            <Link
              key={id}
              to="/settings/$section"
              params={{ section: id }}
              className={appClasses.nav}
              {...(id === section.id ? { 'data-active': true, 'aria-current': 'page' } : {})}
            >
              {icon}
              {t(label)}
            </Link>
          ))}
        </nav>
        <div className={classes.content}>
          {section.id === 'general' ? null : (
            <Title order={2} size="h3" mb="sm">
              {t(section.label)}
            </Title>
          )}
          <section.Component />
        </div>
      </div>
    </div>
  )
}
