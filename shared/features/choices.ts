/** Choices that several entities share, so that they compare and convert without translation. */

export const priorities = ['low', 'medium', 'high', 'urgent'] as const

export const ratings = ['cold', 'warm', 'hot'] as const

/** Where a lead, a contact or an opportunity came from. */
export const sources = [
  'website',
  'referral',
  'cold_call',
  'email_campaign',
  'social_media',
  'trade_show',
  'partner',
  'advertisement',
  'web_form',
  'import',
  'chat',
  'phone',
  'other',
] as const

/** The comparisons that rules for scoring, routing and assignment can make. */
export const ruleOperators = [
  'equals',
  'not_equals',
  'contains',
  'greater_than',
  'less_than',
  'is_set',
  'is_empty',
] as const
