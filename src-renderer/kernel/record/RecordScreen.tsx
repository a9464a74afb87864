import { Alert, Button, Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { namespaces } from '../../i18n/index'
import { AfterPaint } from '../../ui/AfterPaint'
import { EmptyState } from '../../ui/EmptyState'
import { formatCount, formatInstant, formatWhen } from '../../ui/format'
import { EntityIcon } from '../../ui/icons'
import { useCopy, useWholeRecord } from '../copy/use-copy'
import { useFeatureView } from '../feature-view'
import { Reference } from '../fields/Reference'
import { FilesPanel } from '../files/FilesPanel'
import { fileField, useFiles } from '../files/use-files'
import { HistoryPanel } from '../history/HistoryPanel'
import { NotesEditor } from '../notes/NotesEditor'
import { PresenceProvider } from '../presence/PresenceProvider'
import { FieldPresence } from '../presence/PresenceStrip'
import { useShortcuts } from '../shortcuts'
import { Timeline } from '../timeline/Timeline'
import { useAccess } from '../use-access'
import { useNow } from '../use-now'
import { useCommit, useRecord } from '../use-records'
import { KeyFields, useMayEdit } from './KeyFields'
import { RecordHeader } from './RecordHeader'
import { RelatedLists } from './RelatedLists'
import classes from './record.module.css'
import { timelineField } from './related'

const textFields = (entity: AnyEntity): [string, string][] =>
  Object.entries(entity.fields)
    .filter(([, { kind, retired }]) => kind === 'richText' && !retired)
    .map(([name, { label }]) => [name, label])

const Provenance = ({ row }: { row: AnyRow }) => {
  const now = useNow()
  const { t } = useTranslation('records')
  return (
    <p className={classes.provenance}>
      {row.createdAt ? (
        <span title={formatInstant(row.createdAt)}>
          {t('createdWhen', { when: formatWhen(row.createdAt, now) })}
        </span>
      ) : null}
      {row.createdBy ? <Reference target="user" id={row.createdBy} link={false} /> : null}
      {row.updatedAt ? (
        <span title={formatInstant(row.updatedAt)}>
          · {t('updatedWhen', { when: formatWhen(row.updatedAt, now) })}
        </span>
      ) : null}
    </p>
  )
}

const DeletedBanner = ({ entity, row }: { entity: AnyEntity; row: AnyRow }) => {
  const { t } = useTranslation('records')
  const commit = useCommit()
  const access = useAccess()
  if (row.deletedAt === null) return null
  return (
    <Alert color="red" variant="light" m="md" title={t('isDeleted', { entity: entity.label })}>
      {access.allows('delete', entity, row) ? (
        <Button
          variant="default"
          onClick={() =>
            void commit([{ entity: entity.name, id: row.id, set: { deletedAt: null } }], {
              label: t('restored', { name: titleOf(entity, row) }),
              toast: true,
            })
          }
        >
          {t('restore')}
        </Button>
      ) : null}
    </Alert>
  )
}

const FilesLabel = ({ entity, row }: { entity: AnyEntity; row: AnyRow }) => {
  const { t } = useTranslation('files')
  const { total } = useFiles(entity, row)
  return <>{total === 0 ? t('title') : t('titleCount', { shown: formatCount(total) })}</>
}

const Overview = ({ entity, row }: { entity: AnyEntity; row: AnyRow }) => {
  const canEdit = useMayEdit(entity, row) && row.deletedAt === null
  const { sections = [] } = useFeatureView(entity.name)
  return (
    <>
      {sections.map(({ id, Component }) => (
        <Component key={id} entity={entity} row={row} />
      ))}
      {textFields(entity).map(([name, label]) => (
        <section className={classes.section} key={name}>
          <h2 className={classes.sectionTitle}>
            {label}
            <FieldPresence field={name} />
          </h2>
          <NotesEditor field={name} label={label} editable={canEdit} />
        </section>
      ))}
      {timelineField(entity) ? <Timeline entity={entity} row={row} /> : null}
    </>
  )
}

/** One record: what it is, what happened, what belongs to it. */
export const RecordScreen = ({ entity, id }: { entity: AnyEntity; id: string }) => {
  const { t } = useTranslation(['records', ...namespaces])
  const navigate = useNavigate()
  const { Banner, Aside, tabs = [] } = useFeatureView(entity.name)
  const row = useRecord(entity.name, id)
  const { isWhole } = useCopy()
  useWholeRecord(entity.name, id)
  const isNarrow = useMediaQuery('(max-width: 1100px)') ?? false
  const [tab, setTab] = useState<string | null>('overview')
  useShortcuts({
    escape: () => void navigate({ to: '/$plural', params: { plural: entity.plural } }),
  })
  if (row === undefined) return null
  if (row === null)
    return (
      <EmptyState
        icon={<EntityIcon name={entity.icon} size={40} />}
        title={t('missing', { entity: entity.label.toLowerCase() })}
        text={t(isWhole ? 'missingText' : 'sync:copy.elsewhere')}
      >
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/$plural" params={{ plural: entity.plural }} {...props} />
          )}
        >
          {t('backToList', { entity: entity.labelPlural.toLowerCase() })}
        </Button>
      </EmptyState>
    )
  const details = (
    <>
      <KeyFields entity={entity} row={row} />
      <AfterPaint>
        {Aside ? <Aside entity={entity} row={row} /> : null}
        <RelatedLists entity={entity} row={row} />
        <Provenance row={row} />
      </AfterPaint>
    </>
  )
  return (
    <PresenceProvider entity={entity} id={id}>
      <div className={classes.screen} key={row.id}>
        <div className={classes.main}>
          <DeletedBanner entity={entity} row={row} />
          <RecordHeader entity={entity} row={row} />
          {Banner ? <Banner entity={entity} row={row} /> : null}
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <Tabs.List px="md">
              <Tabs.Tab value="overview">{t('overview')}</Tabs.Tab>
              {tabs.map(({ id: name, label }) => (
                <Tabs.Tab key={name} value={name}>
                  {t(label)}
                </Tabs.Tab>
              ))}
              {fileField(entity) ? (
                <Tabs.Tab value="files">
                  <FilesLabel entity={entity} row={row} />
                </Tabs.Tab>
              ) : null}
              <Tabs.Tab value="history">{t('history:title')}</Tabs.Tab>
              {isNarrow ? <Tabs.Tab value="details">{t('details')}</Tabs.Tab> : null}
            </Tabs.List>
            <Tabs.Panel value="overview">
              <AfterPaint>
                <Overview entity={entity} row={row} />
              </AfterPaint>
            </Tabs.Panel>
            {tabs.map(({ id: name, Component }) => (
              <Tabs.Panel key={name} value={name}>
                <Component entity={entity} row={row} />
              </Tabs.Panel>
            ))}
            <Tabs.Panel value="files">
              <FilesPanel entity={entity} row={row} />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <HistoryPanel entity={entity} row={row} />
            </Tabs.Panel>
            {isNarrow ? <Tabs.Panel value="details">{details}</Tabs.Panel> : null}
          </Tabs>
        </div>
        {isNarrow ? null : (
          <aside className={classes.side} aria-label={t('details')}>
            {details}
          </aside>
        )}
      </div>
    </PresenceProvider>
  )
}
