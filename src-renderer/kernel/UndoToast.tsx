import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What was done, and the way back. */
export const UndoToast = ({ label, onUndo }: { label: string; onUndo: () => void }) => {
  const { t } = useTranslation('app')
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" lineClamp={2}>
        {label}
      </Text>
      <Button variant="light" size="compact-xs" flex="none" onClick={onUndo}>
        {t('undo')}
      </Button>
    </Group>
  )
}
