import { lazy, Suspense } from 'react'

const Calendar = lazy(async () => {
  const { CalendarScreen } = await import('./CalendarScreen')
  return { default: CalendarScreen }
})

/** The calendar, whose parts are large and come when somebody looks at it. */
export const LazyCalendar = () => (
  <Suspense fallback={null}>
    <Calendar />
  </Suspense>
)
