import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState'

export const NotFoundScreen = () => {
  const { t } = useTranslation('app')
  return (
    <EmptyState
      icon={<IconMapOff size={40} stroke={1.5} />}
      title={t('notFound.title')}
      text={t('notFound.text')}
    >
      <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
        {t('notFound.home')}
      </Button>
    </EmptyState>
  )
}
