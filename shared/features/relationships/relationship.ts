import { defineEntity, type Row } from '../../kernel/entity'
import { choice, day, longText, ref, text } from '../../kernel/field'

export const relationshipTypes = [
  'works_at',
  'reports_to',
  'key_contact',
  'colleague',
  'partner_of',
  'supplier_of',
  'subsidiary_of',
  'competitor_of',
  'other',
] as const

/**
 * A tie between two of them, contacts or accounts: the first *reports to*, *is key contact of*, *is
 * partner of* the second.
 */
export const relationship = defineEntity({
  name: 'relationship',
  plural: 'relationships',
  label: 'Relationship',
  labelPlural: 'Relationships',
  icon: 'affiliate',
  isInternal: true,
  isPart: true,
  titleFields: ['title'],
  fields: {
    title: text('Title', { search: true }),
    relationshipType: choice('Type', relationshipTypes, { required: true, index: true }),
    contactId: ref('Contact', 'contact', { index: true, inverse: null }),
    accountId: ref('Account', 'account', { index: true, inverse: null }),
    relatedContactId: ref('Related contact', 'contact', { index: true, inverse: null }),
    relatedAccountId: ref('Related account', 'account', { index: true, inverse: null }),
    role: text('Role', { search: true }),
    since: day('Since'),
    until: day('Until'),
    description: longText('Description'),
  },
  list: {
    columns: [
      'relationshipType',
      'contactId',
      'accountId',
      'relatedContactId',
      'relatedAccountId',
      'role',
    ],
    sort: '-createdAt',
    filters: ['relationshipType', 'contactId', 'accountId'],
  },
  quickCreate: [
    'relationshipType',
    'contactId',
    'accountId',
    'relatedContactId',
    'relatedAccountId',
    'role',
  ],
})

export type Relationship = Row<typeof relationship>
