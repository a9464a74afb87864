/** What a screen reader says while a stage is carried to another place. */
import type { Active, Over } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import type { AnyRow } from '../../../shared/kernel/entity'

type Held = { active: Active; over: Over | null }

export const useOrderAnnouncements = (stages: readonly AnyRow[]) => {
  const { t } = useTranslation('pipelines')
  const placeOf = (id: unknown): number => stages.findIndex((stage) => stage.id === id) + 1
  const nameOf = ({ id }: Active): string => String(stages[placeOf(id) - 1]?.name ?? '')
  const at = ({ active, over }: Held) => ({
    name: nameOf(active),
    place: placeOf(over?.id),
    total: stages.length,
  })
  return {
    screenReaderInstructions: { draggable: t('set.instructions') },
    announcements: {
      onDragStart: ({ active }: Pick<Held, 'active'>) =>
        t('set.pickedUp', { name: nameOf(active), place: placeOf(active.id) }),
      onDragOver: (held: Held) =>
        held.over && held.over.id !== held.active.id ? t('set.isOver', at(held)) : undefined,
      onDragEnd: (held: Held) =>
        held.over ? t('set.placed', at(held)) : t('dropCancelled', at(held)),
      onDragCancel: (held: Held) => t('dropCancelled', at(held)),
    },
  }
}
