import { MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { RouterProvider } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { featureViews } from '../features/index'
import { FeatureViewsProvider } from '../kernel/feature-view'
import { SessionProvider, StoreProvider, useSessionState } from '../kernel/use-store'
import type { LocalStore } from '../local/api'
import { theme } from '../ui/theme'
import { router } from './router'
import { SignInScreen } from './SignInScreen'
import { styleNonce } from './style-nonce'

/** Signed in: the app; otherwise the way in. The session is local, so both work offline. */
const Gate = () => {
  const session = useSessionState()
  if (session === undefined) return null
  if (session === null) return <SignInScreen />
  return (
    <SessionProvider session={session}>
      <FeatureViewsProvider views={featureViews}>
        <RouterProvider router={router} />
      </FeatureViewsProvider>
    </SessionProvider>
  )
}

export const App = ({ store }: { store: LocalStore }) => {
  const { t } = useTranslation('app')
  // The cross of a notification has no text of its own.
  const named = useMemo(() => {
    const closeButtonProps = { 'aria-label': t('dismiss') }
    return mergeThemeOverrides(theme, {
      components: { Notification: { defaultProps: { closeButtonProps } } },
    })
  }, [t])
  return (
    <MantineProvider theme={named} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <StoreProvider store={store}>
        <Notifications position="bottom-center" limit={4} />
        <Gate />
      </StoreProvider>
    </MantineProvider>
  )
}
