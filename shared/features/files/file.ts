import { defineEntity, type Row } from '../../kernel/entity'
import { instant, integer, ref, text } from '../../kernel/field'

/** The largest file that is taken, in bytes. */
export const maxFileBytes = 20_000_000

/**
 * A file on a record. Its content travels apart from the record, by its SHA-256: a machine that is
 * offline keeps it, and `uploadedAt` says since when the server has it.
 */
export const file = defineEntity({
  name: 'file',
  plural: 'files',
  label: 'File',
  labelPlural: 'Files',
  icon: 'file',
  isInternal: true,
  isPart: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true }),
    mediaType: text('Media type', { example: 'application/pdf' }),
    size: integer('Size', { required: true, min: 0, max: maxFileBytes, unit: 'bytes' }),
    sha256: text('SHA-256', {
      required: true,
      hint: '64 hexadecimal digits',
      example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    }),
    uploadedAt: instant('Uploaded', { serverOnly: true }),
    contactId: ref('Contact', 'contact', { index: true, inverse: null }),
    accountId: ref('Account', 'account', { index: true, inverse: null }),
    leadId: ref('Lead', 'lead', { index: true, inverse: null }),
    opportunityId: ref('Opportunity', 'opportunity', { index: true, inverse: null }),
    activityId: ref('Activity', 'activity', { index: true, inverse: null }),
    quoteId: ref('Quote', 'quote', { index: true, inverse: null }),
    ownerId: ref('Owner', 'user', { index: true }),
  },
  list: {
    columns: ['name', 'mediaType', 'size', 'uploadedAt', 'ownerId'],
    sort: '-createdAt',
    filters: ['mediaType', 'ownerId', 'contactId', 'accountId', 'opportunityId'],
  },
  quickCreate: ['name'],
})

export type File = Row<typeof file>
