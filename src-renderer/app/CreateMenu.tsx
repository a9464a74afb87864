import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { may, roles } from '../../shared/kernel/access'
import { openQuickCreate } from '../kernel/create/open'
import { useSession } from '../kernel/use-store'
import { EntityIcon } from '../ui/icons'
import { mainEntities } from './places'

/** Adds a record of any kind. */
export const CreateMenu = () => {
  const { t } = useTranslation('app')
  const { role } = useSession()
  const known = roles.find((name) => name === role) ?? 'read_only'
  const allowed = mainEntities.filter((entity) => may(known, 'create', entity))
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
