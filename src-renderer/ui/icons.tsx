/** The one icon set, by the names that the registry uses. */
import {
  IconBuilding,
  IconCalendarEvent,
  IconFile,
  IconTag,
  IconTargetArrow,
  IconUser,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'

const icons: Record<string, TablerIcon> = {
  user: IconUser,
  building: IconBuilding,
  'target-arrow': IconTargetArrow,
  'calendar-event': IconCalendarEvent,
  tag: IconTag,
  users: IconUsers,
}

/** The icon of an entity. */
export const EntityIcon = ({ name, size = 16 }: { name: string; size?: number }) => {
  const Icon = icons[name] ?? IconFile
  return <Icon size={size} stroke={1.5} aria-hidden />
}
