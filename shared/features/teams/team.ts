import { defineEntity, type Row } from '../../kernel/entity'
import { longText, ref, text } from '../../kernel/field'

/** People who work together: some roles reach the records of their team and no further. */
export const team = defineEntity({
  name: 'team',
  plural: 'teams',
  label: 'Team',
  labelPlural: 'Teams',
  icon: 'users-group',
  isInternal: true,
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    description: longText('Description'),
  },
  list: { columns: ['name', 'description'], sort: 'name' },
})

/** One person in one team; people may be in several. */
export const teamMember = defineEntity({
  name: 'teamMember',
  plural: 'team-members',
  label: 'Team member',
  labelPlural: 'Team members',
  icon: 'user-plus',
  isInternal: true,
  isReference: true,
  titleFields: ['role'],
  fields: {
    teamId: ref('Team', 'team', { required: true, index: true, inverse: null }),
    userId: ref('User', 'user', { index: true, inverse: null }),
    role: text('Role in the team', { search: true }),
  },
  list: { columns: ['teamId', 'userId', 'role'], sort: '-createdAt' },
  quickCreate: ['teamId', 'userId', 'role'],
})

export type Team = Row<typeof team>
export type TeamMember = Row<typeof teamMember>
