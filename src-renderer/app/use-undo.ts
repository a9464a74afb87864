/** Undo and redo of the whole app, with a word about what was taken back. */
import { notifications } from '@mantine/notifications'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../kernel/use-store'

export const useUndo = () => {
  const { t } = useTranslation('app')
  const store = useStore()
  return useMemo(() => {
    const say = (message: string) => notifications.show({ message, autoClose: 4000 })
    return {
      undo: async () => {
        const label = await store.undo()
        say(label === null ? t('nothingToUndo') : t('undone', { label }))
      },
      redo: async () => {
        const label = await store.redo()
        say(label === null ? t('nothingToRedo') : t('redone', { label }))
      },
    }
  }, [store, t])
}
