import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openQuickCreate } from '../kernel/create/open'
import { useAccess } from '../kernel/use-access'
import { EntityIcon } from '../ui/icons'
import { mainEntities } from './places'

/** Adds a record of any kind. */
export const CreateMenu = () => {
  const { t } = useTranslation('app')
  const access = useAccess()
  const allowed = mainEntities.filter((entity) => access.may('create', entity))
  if (allowed.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={14} />}>
          {t('create')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {allowed.map((entity) => (
          <Menu.Item
            key={entity.name}
            leftSection={<EntityIcon name={entity.icon} />}
            onClick={() => openQuickCreate(entity)}
          >
            {entity.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
