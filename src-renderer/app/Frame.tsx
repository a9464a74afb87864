import { ActionIcon, Drawer } from '@mantine/core'
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconMenu2 } from '@tabler/icons-react'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Reminders } from '../features/activities/reminders/Reminders'
import { QuickCreate } from '../kernel/create/QuickCreate'
import { useShortcuts } from '../kernel/shortcuts'
import classes from './app.module.css'
import { CommandPalette, openPalette } from './CommandPalette'
import { CreateMenu } from './CreateMenu'
import { usePlaces } from './places'
import { ShortcutSheet } from './ShortcutSheet'
import { Sidebar } from './Sidebar'
import { SyncPill } from './SyncPill'
import { AwayBanner } from './sync/AwayBanner'
import { useDesktop } from './use-desktop'
import { useUndo } from './use-undo'

/** What stands around every screen: sidebar, top bar, palette, forms that open from anywhere. */
export const Frame = () => {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const { undo, redo } = useUndo()
  const isNarrow = useMediaQuery('(max-width: 800px)') ?? false
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'roadbook.collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const [compact] = useLocalStorage({
    key: 'roadbook.compact',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const [help, helpState] = useDisclosure(false)
  const [drawer, drawerState] = useDisclosure(false)
  const commands = useMemo(
    () => ({ undo, redo, help: helpState.open }),
    [undo, redo, helpState.open],
  )
  useDesktop(commands)
  useEffect(() => {
    document.documentElement.toggleAttribute('data-compact', compact)
  }, [compact])
  const places = usePlaces()
  const go = Object.fromEntries(
    places.flatMap(({ key, to }) => (key ? [[`g ${key}`, () => void navigate({ to })]] : [])),
  )
  useShortcuts(
    {
      ...go,
      'mod+k': openPalette,
      '/': () =>
        document.querySelector<HTMLInputElement>('[data-list-search]')?.focus() ?? openPalette(),
      '?': helpState.open,
      'mod+z': () => void undo(),
      'mod+shift+z': () => void redo(),
      'mod+y': () => void redo(),
      '[': () => setCollapsed(!collapsed),
    },
    { whileTyping: ['mod+k'] },
  )
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        {t('skip')}
      </a>
      {isNarrow ? (
        <Drawer
          opened={drawer}
          onClose={drawerState.close}
          size={260}
          withCloseButton={false}
          padding={0}
          title={null}
        >
          <Sidebar collapsed={false} onToggle={drawerState.close} onNavigate={drawerState.close} />
        </Drawer>
      ) : (
        <Sidebar collapsed={collapsed} onToggle={() => setCollapsed(!collapsed)} />
      )}
      <div className={classes.column}>
        <div className={classes.topBar}>
          {isNarrow ? (
            <ActionIcon aria-label={t('menu')} onClick={drawerState.open}>
              <IconMenu2 size={18} stroke={1.5} />
            </ActionIcon>
          ) : null}
          <button type="button" className={classes.searchButton} onClick={openPalette}>
            <span>{t('search')}</span>
            <kbd>⌘K</kbd>
          </button>
          <div className={classes.topActions}>
            <CreateMenu />
            <SyncPill />
          </div>
        </div>
        <AwayBanner />
        <main id="content" className={classes.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Reminders />
      <QuickCreate />
      <CommandPalette undo={() => void undo()} redo={() => void redo()} onHelp={helpState.open} />
      <ShortcutSheet opened={help} onClose={helpState.close} />
    </div>
  )
}
