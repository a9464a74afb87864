import { lazy, Suspense } from 'react'
import { largePart } from '../../kernel/large-part'

const screen = largePart(async () => {
  const { ForecastScreen } = await import('./ForecastScreen')
  return { default: ForecastScreen }
})
const Forecast = lazy(screen)

/** The forecast, whose charts are large and come when somebody looks at it. */
export const LazyForecast = () => (
  <Suspense fallback={null}>
    <Forecast />
  </Suspense>
)
