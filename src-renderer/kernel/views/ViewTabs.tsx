import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconChevronDown,
  IconDeviceFloppy,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { useSession } from '../use-store'
import { useSavedViews, useViewActions } from './use-saved-views'
import { ViewForm } from './ViewForm'
import { definitionOf, isSameDefinition, type ViewDefinition } from './view-definition'
import classes from './views.module.css'

type Props = {
  entity: AnyEntity
  /** The id of the view in the address; undefined for the plain list. */
  active: string | undefined
  /** What the list shows now. */
  shown: ViewDefinition
  onOpen: (view: AnyRow | null) => void
  onSaved: (id: string) => void
}

type Asked = { kind: 'create' } | { kind: 'rename'; view: AnyRow } | null

/** The views of a list as tabs: everything, one's own, shared ones. */
export const ViewTabs = ({ entity, active, shown, onOpen, onSaved }: Props) => {
  const { t } = useTranslation('records')
  const views = useSavedViews(entity)
  const actions = useViewActions(entity)
  const { userId } = useSession()
  const [asked, setAsked] = useState<Asked>(null)
  const current = views.find(({ id }) => id === active)
  const isChanged = current
    ? !isSameDefinition(definitionOf(current), shown)
    : !isSameDefinition({ search: {}, columns: shown.columns }, shown)
  const isOwn = current?.ownerId === userId
  return (
    <nav className={classes.tabs} aria-label={t('views')}>
      <Tab label={t('allRecords')} isActive={!current} onOpen={() => onOpen(null)} />
      {views.map((view) => (
        <Tab
          key={view.id}
          label={String(view.name)}
          isActive={view.id === active}
          isShared={view.isShared === true}
          onOpen={() => onOpen(view)}
        />
      ))}
      {current && isOwn ? (
        <ViewMenu
          view={current}
          actions={actions}
          onRename={() => setAsked({ kind: 'rename', view: current })}
          onRemoved={() => onOpen(null)}
        />
      ) : null}
      {isChanged ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={1.5} />}
          onClick={() => setAsked({ kind: 'create' })}
        >
          {t('saveView')}
        </Button>
      ) : null}
      {isChanged && current && isOwn ? (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconDeviceFloppy size={14} stroke={1.5} />}
          onClick={() => void actions.save(current, shown)}
        >
          {t('saveViewChanges')}
        </Button>
      ) : null}
      {asked ? (
        <ViewForm
          title={asked.kind === 'create' ? t('newView') : t('renameView')}
          name={asked.kind === 'create' ? '' : String(asked.view.name)}
          isShared={asked.kind === 'create' ? false : null}
          onClose={() => setAsked(null)}
          onSubmit={async (values) => {
            setAsked(null)
            if (asked.kind === 'rename') return void actions.rename(asked.view, values.name)
            const id = await actions.create(values, shown)
            if (id !== null) onSaved(id)
          }}
        />
      ) : null}
    </nav>
  )
}

type TabProps = { label: string; isActive: boolean; isShared?: boolean; onOpen: () => void }

const Tab = ({ label, isActive, isShared = false, onOpen }: TabProps) => {
  const { t } = useTranslation('records')
  return (
    <button
      type="button"
      className={classes.tab}
      aria-current={isActive ? 'page' : undefined}
      onClick={onOpen}
      title={label}
    >
      <span className={classes.name}>{label}</span>
      {isShared ? <IconUsers size={12} stroke={1.5} aria-label={t('sharedView')} /> : null}
    </button>
  )
}

type MenuProps = {
  view: AnyRow
  actions: ReturnType<typeof useViewActions>
  onRename: () => void
  onRemoved: () => void
}

const ViewMenu = ({ view, actions, onRename, onRemoved }: MenuProps) => {
  const { t } = useTranslation('records')
  const isShared = view.isShared === true
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon size={22} aria-label={t('viewMenu', { name: String(view.name) })}>
          <IconChevronDown size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} stroke={1.5} />} onClick={onRename}>
          {t('renameView')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUsers size={14} stroke={1.5} />}
          onClick={() => void actions.share(view, !isShared)}
        >
          {t(isShared ? 'unshareView' : 'shareView')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={14} stroke={1.5} />}
          onClick={() => {
            onRemoved()
            void actions.remove(view)
          }}
        >
          {t('deleteView')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
