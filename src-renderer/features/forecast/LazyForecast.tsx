import { lazy, Suspense } from 'react'

const Forecast = lazy(async () => {
  const { ForecastScreen } = await import('./ForecastScreen')
  return { default: ForecastScreen }
})

/** The forecast, whose charts are large and come when somebody looks at it. */
export const LazyForecast = () => (
  <Suspense fallback={null}>
    <Forecast />
  </Suspense>
)
