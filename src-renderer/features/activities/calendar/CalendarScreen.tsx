import { Alert, Button } from '@mantine/core'
import { Schedule, type ScheduleEventData } from '@mantine/schedule'
import '@mantine/schedule/styles.layer.css'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { activity } from '../../../../shared/features/activities/activity'
import { toCalendarFile } from '../../../../shared/features/activities/ical'
import { type AnyRow, titleOf } from '../../../../shared/kernel/entity'
import { openQuickCreate } from '../../../kernel/create/open'
import { PageHeader } from '../../../kernel/PageHeader'
import { useMayEdit } from '../../../kernel/record/KeyFields'
import { ScopeSwitch } from '../../../kernel/ScopeSwitch'
import { saveFile, textFile } from '../../../kernel/save-file'
import { useCommit } from '../../../kernel/use-records'
import { locale } from '../../../ui/format'
import classes from './calendar.module.css'
import { fromLocalText, movedTo } from './events'
import { useCalendarEvents, useCalendarSearch, views } from './use-calendar'

type Moved = { event: ScheduleEventData; newStart: string; newEnd: string }

const isRecord = (event: ScheduleEventData): boolean => event.payload?.isFirst === true

const labelKeys = [
  'day',
  'week',
  'month',
  'allDay',
  'weekday',
  'timeSlot',
  'today',
  'next',
  'previous',
  'more',
  'selectMonth',
  'selectYear',
  'switchToDayView',
  'switchToWeekView',
  'switchToMonthView',
  'viewSelectLabel',
  'noEvents',
] as const

const useLabels = () => {
  const { t } = useTranslation('calendar')
  return {
    ...Object.fromEntries(labelKeys.map((key) => [key, t(`labels.${key}`)])),
    moreLabel: (count: number) => t('labels.moreEvents', { count }),
  }
}

const useMove = (rows: readonly AnyRow[]) => {
  const { t } = useTranslation('calendar')
  const commit = useCommit()
  return ({ event, newStart, newEnd }: Moved) => {
    const row = rows.find(({ id }) => id === event.payload?.activityId)
    if (!row) return
    const set = movedTo(row, { start: newStart, end: newEnd })
    void commit([{ entity: 'activity', id: row.id, set }], {
      label: t('moved', { name: titleOf(activity, row) }),
      toast: true,
    })
  }
}

const hourFormat = new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit' })

/** Weekends are days like others: nothing is red that is not wrong. */
const common = { viewSelectProps: { views: [...views] }, weekendDays: [] }

const hours = {
  startScrollTime: '08:00:00',
  scrollAreaProps: { mah: 'calc(100vh - 190px)' },
  slotLabelFormat: (time: string) => hourFormat.format(new Date(time.replace(' ', 'T'))),
}

/** What is in view as a file that every calendar program opens. */
const saveCalendar = (rows: readonly AnyRow[], name: string): void => {
  const text = toCalendarFile(rows, { name, linkOf: () => null })
  saveFile(`${name}.ics`, textFile(text, 'text/calendar'))
}

/** Day, week and month of what is planned; dragging plans anew. */
export const CalendarScreen = () => {
  const { t } = useTranslation('calendar')
  const navigate = useNavigate()
  const { search, show } = useCalendarSearch()
  const { rows, events, isCut } = useCalendarEvents(search)
  const canEdit = useMayEdit(activity)
  const move = useMove(rows)
  const labels = useLabels()
  const plan = (dueDate: string, more: { [field: string]: unknown } = {}) => {
    if (canEdit) openQuickCreate(activity, { activityType: 'meeting', dueDate, ...more })
  }
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')}>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.5} />}
          disabled={rows.length === 0}
          onClick={() => saveCalendar(rows, t('title'))}
        >
          {t('exportFile')}
        </Button>
        <ScopeSwitch label={t('scope')} scope={search.scope} onScope={(scope) => show({ scope })} />
      </PageHeader>
      {isCut ? (
        <Alert color="yellow" variant="light" mx="md" mb="xs" role="note">
          {t('tooMany')}
        </Alert>
      ) : null}
      <div className={classes.body}>
        <Schedule
          date={search.date}
          onDateChange={(date) => show({ date: date.slice(0, 10) })}
          view={search.view}
          onViewChange={(view) => {
            const known = views.find((one) => one === view)
            if (known) show({ view: known })
          }}
          events={events}
          locale={locale().split('-')[0] ?? 'en'}
          labels={labels}
          withEventsDragAndDrop={canEdit}
          withEventResize={canEdit}
          canDragEvent={isRecord}
          canResizeEvent={isRecord}
          onEventDrop={move}
          onEventResize={move}
          onEventClick={({ payload }) =>
            void navigate({
              to: '/$plural/$id',
              params: { plural: 'activities', id: String(payload?.activityId) },
            })
          }
          onTimeSlotClick={({ slotStart }) => plan(fromLocalText(slotStart))}
          onAllDaySlotClick={(day) => plan(fromLocalText(`${day} 09:00:00`), { allDay: true })}
          onDayClick={(day) => plan(fromLocalText(`${day} 09:00:00`))}
          dayViewProps={{ ...common, ...hours }}
          weekViewProps={{ ...common, ...hours, highlightToday: true }}
          monthViewProps={{ ...common, classNames: { monthViewDayLabel: classes.dayLabel ?? '' } }}
        />
      </div>
    </div>
  )
}
