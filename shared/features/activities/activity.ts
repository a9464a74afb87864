import { defineEntity, type Row } from '../../kernel/entity'
import { choice, instant, integer, ref, richText, tags, text } from '../../kernel/field'

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
    }),
    priority: choice('Priority', ['low', 'medium', 'high', 'urgent'], { default: 'medium' }),
    dueDate: instant('Due', { index: true }),
    completedAt: instant('Completed'),
    duration: integer('Duration in minutes', { min: 0, max: 100_000 }),
    location: text('Location'),
    outcome: text('Outcome', { search: true }),
    contactId: ref('Contact', 'contact', { index: true }),
    accountId: ref('Account', 'account', { index: true }),
    leadId: ref('Lead', 'lead', { index: true }),
    ownerId: ref('Owner', 'user', { index: true }),
    tags: tags('Tags'),
    description: richText('Description', { search: true }),
  },
  list: {
    columns: ['subject', 'activityType', 'status', 'priority', 'dueDate', 'contactId', 'ownerId'],
    sort: '-dueDate',
    filters: ['activityType', 'status', 'priority', 'contactId', 'accountId', 'leadId', 'ownerId'],
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
        'location',
        'outcome',
        'ownerId',
        'tags',
      ],
    },
    { label: 'About', fields: ['contactId', 'accountId', 'leadId'] },
    { label: 'Description', fields: ['description'] },
  ],
  quickCreate: ['subject', 'activityType', 'dueDate', 'priority', 'contactId', 'leadId'],
})

export type Activity = Row<typeof activity>
