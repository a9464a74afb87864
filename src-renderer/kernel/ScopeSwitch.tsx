import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Whose records a screen shows. */
export type Scope = 'mine' | 'all'

type Props = {
  /** Its name for whoever hears it: `Whose tasks`. */
  label: string
  scope: Scope
  onScope: (scope: Scope) => void
}

/** One's own, or everyone's. */
export const ScopeSwitch = ({ label, scope, onScope }: Props) => {
  const { t } = useTranslation('records')
  return (
    <SegmentedControl
      aria-label={label}
      value={scope}
      onChange={(value) => onScope(value === 'all' ? 'all' : 'mine')}
      data={[
        { value: 'mine', label: t('mine') },
        { value: 'all', label: t('everyone') },
      ]}
    />
  )
}
