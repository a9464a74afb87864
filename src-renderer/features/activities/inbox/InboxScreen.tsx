import { Button, Select } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../../shared/features/activities/activity'
import { type AnyRow, titleOf } from '../../../../shared/kernel/entity'
import { PageHeader } from '../../../kernel/PageHeader'
import { useMayEdit } from '../../../kernel/record/KeyFields'
import { ScopeSwitch } from '../../../kernel/ScopeSwitch'
import { useShortcuts } from '../../../kernel/shortcuts'
import { useCommit } from '../../../kernel/use-records'
import { EmptyState } from '../../../ui/EmptyState'
import { formatCount, humanise } from '../../../ui/format'
import classes from './inbox.module.css'
import { QuickTask } from './QuickTask'
import { TaskRow } from './TaskRow'
import { type InboxSearch, type Section, useInbox, useInboxSearch } from './use-inbox'

const kinds = activity.fields.activityType?.options ?? []

const Switches = ({
  search,
  show,
}: {
  search: InboxSearch
  show: (change: Partial<InboxSearch>) => void
}) => {
  const { t } = useTranslation('tasks')
  return (
    <>
      <Select
        w={140}
        aria-label={t('filterKind')}
        placeholder={t('allKinds')}
        data={kinds.map((value) => ({ value, label: humanise(value) }))}
        value={search.kind ?? null}
        clearable
        onChange={(kind) => show({ kind: kind ?? undefined })}
      />
      <ScopeSwitch label={t('scope')} scope={search.scope} onScope={(scope) => show({ scope })} />
    </>
  )
}

/** What one does with what is marked: complete, put off, open. */
const useTaskActions = () => {
  const { t } = useTranslation('tasks')
  const commit = useCommit()
  const change = (row: AnyRow, label: string, set: { [field: string]: unknown }) =>
    void commit([{ entity: 'activity', id: row.id, set }], {
      label: t(label, { name: titleOf(activity, row) }),
      toast: true,
    })
  return {
    complete: (row: AnyRow) => change(row, 'completed', { status: 'completed' }),
    postpone: (row: AnyRow, set: { [field: string]: string | null }) => {
      if (set.snoozedUntil === null) change(row, 'woken', set)
      // What is due later need not be out of sight as well.
      else if ('dueDate' in set) change(row, 'moved', { ...set, snoozedUntil: null })
      else change(row, 'snoozed', set)
    },
  }
}

const Group = ({
  section,
  children,
}: {
  section: Section
  children: (row: AnyRow) => React.ReactNode
}) => {
  const { t } = useTranslation('tasks')
  const { name, rows, total, showMore } = section
  if (rows.length === 0) return null
  return (
    <section aria-label={t(`section.${name}`)}>
      <h2 className={classes.sectionTitle} data-late={name === 'overdue' || undefined}>
        {t(`section.${name}`)} <span className={classes.count}>{formatCount(total)}</span>
      </h2>
      <ul className={classes.rows}>{rows.map(children)}</ul>
      {total > rows.length ? (
        <Button variant="subtle" onClick={showMore}>
          {t('showMore', { count: total - rows.length })}
        </Button>
      ) : null}
    </section>
  )
}

/** Everything that waits to be done, by when it is due. */
export const InboxScreen = () => {
  const { t } = useTranslation('tasks')
  const navigate = useNavigate()
  const { search, show } = useInboxSearch()
  const sections = useInbox(search)
  const canEdit = useMayEdit(activity)
  const { complete, postpone } = useTaskActions()
  const [focusedId, setFocused] = useState<string | null>(null)
  const [menuId, setMenu] = useState<string | null>(null)
  const all = sections.flatMap(({ rows }) => rows)
  const at = all.findIndex(({ id }) => id === focusedId)
  const focused = all[at]
  const move = (by: number) =>
    setFocused(all[Math.min(Math.max(at + by, 0), all.length - 1)]?.id ?? null)
  const done = (row: AnyRow) => {
    // The next one takes its place, so that one can go on by keyboard.
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1]
    setFocused(next?.id ?? null)
    complete(row)
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    x: () => focused && canEdit && done(focused),
    s: () => focused && canEdit && setMenu(focused.id),
    n: () => document.getElementById('quick-task')?.focus(),
    enter: () =>
      focused &&
      void navigate({ to: '/$plural/$id', params: { plural: 'activities', id: focused.id } }),
  })
  const isEmpty = all.length === 0 && sections.every(({ isLoading }) => !isLoading)
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')}>
        <Switches search={search} show={show} />
      </PageHeader>
      <div className={classes.body}>
        {canEdit ? <QuickTask /> : null}
        {sections.map((section) => (
          <Group key={section.name} section={section}>
            {(row) => (
              <TaskRow
                key={row.id}
                row={row}
                section={section.name}
                isFocused={row.id === focusedId}
                isMenuOpen={row.id === menuId}
                canEdit={canEdit}
                onFocus={() => setFocused(row.id)}
                onMenu={(isOpen) => setMenu(isOpen ? row.id : null)}
                onComplete={() => done(row)}
                onPostpone={(set) => postpone(row, set)}
              />
            )}
          </Group>
        ))}
        {isEmpty ? (
          <EmptyState
            icon={<IconChecks size={40} stroke={1.2} />}
            title={t('emptyTitle')}
            text={t('emptyText')}
          />
        ) : (
          <p className={classes.hint}>{t('keys')}</p>
        )}
      </div>
    </div>
  )
}
