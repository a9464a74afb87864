import { roles } from '../../kernel/access'
import { defineEntity, type Row } from '../../kernel/entity'
import { choice, email, flag, text } from '../../kernel/field'

/** A colleague as everybody sees one; credentials never leave the server's own tables. */
export const user = defineEntity({
  name: 'user',
  plural: 'users',
  label: 'User',
  labelPlural: 'Users',
  icon: 'users',
  kind: 'server',
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true, pii: true }),
    email: email('E-mail', { required: true, search: true, index: true, pii: true }),
    role: choice('Role', roles, { required: true }),
    active: flag('Active', { default: true }),
  },
  list: { columns: ['name', 'email', 'role', 'active'], sort: 'name' },
})

export type User = Row<typeof user>
