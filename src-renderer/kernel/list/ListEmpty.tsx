import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { EmptyState } from '../../ui/EmptyState'
import { EntityIcon } from '../../ui/icons'

type Props = {
  entity: AnyEntity
  isFiltered: boolean
  canCreate: boolean
  onClear: () => void
  onCreate: () => void
}

/** What a list without rows says: nothing there yet, or nothing that matches. */
export const ListEmpty = ({ entity, isFiltered, canCreate, onClear, onCreate }: Props) => {
  const { t } = useTranslation('records')
  const plural = entity.labelPlural.toLowerCase()
  const icon = <EntityIcon name={entity.icon} size={40} />
  if (isFiltered)
    return (
      <EmptyState icon={icon} title={t('noMatch', { entity: plural })} text={t('noMatchText')}>
        <Button variant="default" onClick={onClear}>
          {t('clearFilters')}
        </Button>
      </EmptyState>
    )
  return (
    <EmptyState
      icon={icon}
      title={t('empty', { entity: plural })}
      text={t(`emptyText.${entity.name}`, t('emptyText.other'))}
    >
      {canCreate ? (
        <Group gap="xs">
          <Button onClick={onCreate}>{t('add', { entity: entity.label.toLowerCase() })}</Button>
          {entity.name === 'contact' ? (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link to="/import/$plural" params={{ plural: entity.plural }} {...props} />
              )}
            >
              {t('importFile')}
            </Button>
          ) : null}
        </Group>
      ) : null}
    </EmptyState>
  )
}
