/** Listens to the desktop: menu, links from outside, waking up; tells it how many problems there are. */
import { useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { entityNamed } from '../../shared/features/index'
import type { IpcEventValue } from '../../shared/protocol/ipc'
import { openQuickCreate } from '../kernel/create/open'
import { useStore, useSyncStatus } from '../kernel/use-store'
import { openPalette } from './CommandPalette'
import { desktop } from './desktop'

type Commands = { undo: () => Promise<void>; redo: () => Promise<void>; help: () => void }

export const useDesktop = (commands: Commands): void => {
  const store = useStore()
  const navigate = useNavigate()
  const status = useSyncStatus()
  const { toggleColorScheme } = useMantineColorScheme()
  const problems = status?.problems ?? 0
  useEffect(() => {
    void desktop()?.invoke('window.badge', { count: problems })
  }, [problems])
  useEffect(() => {
    const bridge = desktop()
    if (!bridge) return
    const run = (command: IpcEventValue<'menu.command'>) => {
      const entity = command.startsWith('create.')
        ? entityNamed(command.slice('create.'.length))
        : undefined
      if (entity) openQuickCreate(entity)
      else if (command === 'undo') void commands.undo()
      else if (command === 'redo') void commands.redo()
      else if (command === 'theme') toggleColorScheme()
      else if (command === 'help') commands.help()
      else openPalette()
    }
    const follow = (link: IpcEventValue<'link.opened'>) => {
      if (link.kind === 'record')
        void navigate({ to: '/$plural/$id', params: { plural: link.plural, id: link.id } })
      else
        void navigate({
          to: '/$plural',
          params: { plural: 'contacts' },
          search: { q: link.number },
        })
    }
    const stops = [
      bridge.on('menu.command', run),
      bridge.on('link.opened', follow),
      bridge.on('power.resumed', () => void store.syncNow()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [store, navigate, toggleColorScheme, commands])
}
