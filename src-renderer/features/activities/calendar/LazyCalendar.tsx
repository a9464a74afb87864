import { lazy, Suspense } from 'react'
import { largePart } from '../../../kernel/large-part'

const screen = largePart(async () => {
  const { CalendarScreen } = await import('./CalendarScreen')
  return { default: CalendarScreen }
})
const Calendar = lazy(screen)

/** The calendar, whose parts are large and come when somebody looks at it. */
export const LazyCalendar = () => (
  <Suspense fallback={null}>
    <Calendar />
  </Suspense>
)
