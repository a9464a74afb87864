/** How the kinds of activities look. */
import {
  IconCalendarEvent,
  IconCheckbox,
  IconMail,
  IconNote,
  IconPhone,
  type TablerIcon,
} from '@tabler/icons-react'

const icons: { [kind: string]: TablerIcon } = {
  call: IconPhone,
  meeting: IconCalendarEvent,
  task: IconCheckbox,
  email: IconMail,
  note: IconNote,
}

export const kindIcon = (kind: unknown): TablerIcon => icons[String(kind)] ?? IconNote
