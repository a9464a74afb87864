/** Icons by the names that entities declare. */
import {
  IconAffiliate,
  IconArrowsRight,
  IconBuilding,
  IconCalendarEvent,
  IconCoin,
  IconFile,
  IconFileDollar,
  IconLayoutList,
  IconListDetails,
  IconPackage,
  IconProgress,
  IconStars,
  IconTag,
  IconTarget,
  IconTargetArrow,
  IconTimeline,
  IconUser,
  IconUserPlus,
  IconUserShare,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react'

const icons: Record<string, TablerIcon> = {
  affiliate: IconAffiliate,
  'arrows-right': IconArrowsRight,
  building: IconBuilding,
  'calendar-event': IconCalendarEvent,
  coin: IconCoin,
  'file-dollar': IconFileDollar,
  'layout-list': IconLayoutList,
  'list-details': IconListDetails,
  package: IconPackage,
  progress: IconProgress,
  stars: IconStars,
  tag: IconTag,
  target: IconTarget,
  'target-arrow': IconTargetArrow,
  timeline: IconTimeline,
  user: IconUser,
  'user-plus': IconUserPlus,
  'user-share': IconUserShare,
  users: IconUsers,
  'users-group': IconUsersGroup,
}

export const EntityIcon = ({ name, size = 16 }: { name: string; size?: number }) => {
  const Icon = icons[name] ?? IconFile
  return <Icon size={size} stroke={1.5} aria-hidden />
}
