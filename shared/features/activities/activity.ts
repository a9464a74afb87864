import { defineEntity, type Row } from '../../kernel/entity'
import { choice, flag, instant, integer, list, ref, richText, tags, text } from '../../kernel/field'
import { priorities } from '../choices'

export const activity = defineEntity({
  name: 'activity',
  plural: 'activities',
  label: 'Activity',
  labelPlural: 'Activities',
  icon: 'calendar-event',
  titleFields: ['subject'],
  fields: {
    subject: text('Subject', { required: true, search: true, index: true }),
    activityType: choice('Type', ['call', 'meeting', 'task', 'email', 'note'], {
      required: true,
      index: true,
    }),
    status: choice('Status', ['scheduled', 'in_progress', 'completed', 'cancelled'], {
      default: 'scheduled',
      example: 'scheduled',
    }),
    priority: choice('Priority', priorities, { default: 'medium' }),
    dueDate: instant('Due', { index: true }),
    completedAt: instant('Completed', { example: null }),
    duration: integer('Duration', { min: 0, max: 100_000, unit: 'min' }),
    location: text('Location'),
    allDay: flag('All day'),
    participants: list('Participants', {
      contactId: ref('Contact', 'contact'),
      userId: ref('Colleague', 'user'),
    }),
    recurrence: text('Repeats', {
      hint: 'RFC 5545, such as FREQ=WEEKLY;BYDAY=MO',
      example: 'FREQ=WEEKLY;BYDAY=MO',
    }),
    reminderMinutes: integer('Reminder before', { min: 0, max: 40_320, unit: 'min' }),
    snoozedUntil: instant('Snoozed until'),
    outcome: text('Outcome', { search: true }),
    contactId: ref('Contact', 'contact', { index: true }),
    accountId: ref('Account', 'account', { index: true }),
    leadId: ref('Lead', 'lead', { index: true }),
    opportunityId: ref('Opportunity', 'opportunity', { index: true }),
    ownerId: ref('Owner', 'user', { index: true }),
    tags: tags('Tags'),
    description: richText('Description', { search: true }),
  },
  list: {
    columns: ['subject', 'activityType', 'status', 'priority', 'dueDate', 'contactId', 'ownerId'],
    sort: '-dueDate',
    filters: [
      'activityType',
      'status',
      'priority',
      'dueDate',
      'contactId',
      'accountId',
      'leadId',
      'opportunityId',
      'ownerId',
    ],
  },
  sections: [
    {
      label: 'Key fields',
      fields: [
        'subject',
        'activityType',
        'status',
        'priority',
        'dueDate',
        'completedAt',
        'duration',
        'allDay',
        'recurrence',
        'reminderMinutes',
        'location',
        'outcome',
        'ownerId',
        'tags',
      ],
    },
    {
      label: 'About',
      fields: ['contactId', 'accountId', 'leadId', 'opportunityId', 'participants'],
    },
    { label: 'Description', fields: ['description'] },
  ],
  quickCreate: [
    'subject',
    'activityType',
    'dueDate',
    'priority',
    'contactId',
    'leadId',
    'opportunityId',
  ],
})

export type Activity = Row<typeof activity>
