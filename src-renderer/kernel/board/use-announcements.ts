/** What a screen reader says while a card is held. */
import type { Active, Over, ScreenReaderInstructions } from '@dnd-kit/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'

export const useAnnouncements = (entity: AnyEntity) => {
  const { t } = useTranslation('pipelines')
  return useMemo(() => {
    const nameOf = ({ data }: Active): string => {
      const row: AnyRow | undefined = data.current?.row
      return (row && titleOf(entity, row)) || t('untitled')
    }
    // A card that is picked up is over its own column: that says nothing new.
    const picked = { isFresh: false }
    const stageOf = (over: Over | null): string => String(over?.data.current?.stage.name ?? '')
    const instructions: ScreenReaderInstructions = { draggable: t('instructions') }
    return {
      screenReaderInstructions: instructions,
      restoreFocus: false,
      announcements: {
        onDragStart: ({ active }: { active: Active }) => {
          picked.isFresh = true
          return t('pickedUp', { name: nameOf(active) })
        },
        onDragOver: ({ active, over }: { active: Active; over: Over | null }) => {
          const isNews = over !== null && !picked.isFresh
          picked.isFresh = false
          return isNews ? t('heldOver', { name: nameOf(active), stage: stageOf(over) }) : undefined
        },
        onDragEnd: ({ active, over }: { active: Active; over: Over | null }) =>
          t(over ? 'dropped' : 'dropCancelled', { name: nameOf(active), stage: stageOf(over) }),
        onDragCancel: ({ active }: { active: Active }) =>
          t('dropCancelled', { name: nameOf(active) }),
      },
    }
  }, [entity, t])
}
