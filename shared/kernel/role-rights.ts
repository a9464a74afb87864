/**
 * The built-in roles: whose records each may read and change, entity by entity, and which fields it
 * does not see or not set. Entities are named by plain strings, as references name them.
 */

export const roles = [
  'owner',
  'admin',
  'manager',
  'sales',
  'marketing',
  'support',
  'cashier',
  'read_only',
] as const

export type Role = (typeof roles)[number]

export const actions = ['read', 'create', 'update', 'delete'] as const

export type Action = (typeof actions)[number]

/**
 * Whose records a right is about: nobody's, one's own, those of colleagues in a team with one (and
 * those that belong to nobody), everybody's.
 */
export type Scope = 'none' | 'own' | 'team' | 'all'

/** A scope for each action. */
export type Rights = Record<Action, Scope>

type FieldNames = { [entity: string]: readonly string[] }

export type RoleRights = {
  /** Entities that the role has other rights to than `otherwise`. */
  entities: { [entity: string]: Rights }
  otherwise: Rights
  /** Fields that the role does not see; it cannot set them either. */
  hidden?: FieldNames
  /** Fields that the role sees and does not set. */
  fixed?: FieldNames
}

/** The scopes of reading, creating, updating and deleting, in this order. */
const rights = (read: Scope, create: Scope, update: Scope, remove: Scope): Rights => ({
  read,
  create,
  update,
  delete: remove,
})

const all = rights('all', 'all', 'all', 'all')
const own = rights('own', 'own', 'own', 'own')
const none = rights('none', 'none', 'none', 'none')
const readOnly = rights('all', 'none', 'none', 'none')
const withoutDelete = rights('all', 'all', 'all', 'none')
/** Everybody's to read and to add to, one's own to change. */
const ownToChange = rights('all', 'all', 'own', 'own')
/** Written as part of other work, and taken back with it by whoever did it. */
const written = rights('all', 'all', 'none', 'own')

/** How the workspace is set up: for those who run it. */
const setUp = {
  pipeline: readOnly,
  stage: readOnly,
  product: readOnly,
  priceList: readOnly,
  price: readOnly,
  quota: readOnly,
  scoringRule: readOnly,
  assignmentRule: readOnly,
  team: readOnly,
  teamMember: readOnly,
}

/** What everybody has for themselves. */
const personal = { savedView: own, tag: withoutDelete, user: readOnly }

const sales = [
  'lead',
  'opportunity',
  'stageChange',
  'quote',
  'quota',
  'pipeline',
  'stage',
  'scoringRule',
  'assignmentRule',
]

const noneOf = (names: readonly string[]): { [entity: string]: Rights } =>
  Object.fromEntries(names.map((name) => [name, none]))

export const roleRights: Record<Role, RoleRights> = {
  owner: { otherwise: all, entities: {} },
  admin: { otherwise: all, entities: {} },
  manager: {
    otherwise: all,
    entities: { savedView: own, team: readOnly, teamMember: readOnly },
  },
  sales: {
    otherwise: rights('all', 'all', 'all', 'team'),
    entities: { ...setUp, ...personal, stageChange: written },
  },
  marketing: {
    otherwise: readOnly,
    entities: {
      ...setUp,
      ...personal,
      contact: withoutDelete,
      account: withoutDelete,
      lead: withoutDelete,
      activity: ownToChange,
      relationship: ownToChange,
      file: ownToChange,
      stageChange: written,
      quote: none,
      quota: none,
    },
  },
  support: {
    otherwise: none,
    entities: {
      ...setUp,
      ...personal,
      ...noneOf(sales),
      pipeline: readOnly,
      stage: readOnly,
      contact: withoutDelete,
      account: withoutDelete,
      lead: rights('own', 'all', 'own', 'none'),
      activity: rights('team', 'all', 'team', 'own'),
      relationship: ownToChange,
      file: ownToChange,
      stageChange: rights('own', 'all', 'none', 'own'),
    },
    hidden: { account: ['annualRevenue', 'rating'] },
    fixed: { account: ['ownerId'] },
  },
  cashier: {
    otherwise: none,
    entities: {
      ...setUp,
      ...personal,
      ...noneOf(sales),
      contact: withoutDelete,
      account: readOnly,
      activity: own,
      file: own,
    },
    hidden: { contact: ['score', 'lifecycleStage'], account: ['annualRevenue', 'rating'] },
    fixed: { contact: ['ownerId'] },
  },
  read_only: {
    otherwise: readOnly,
    entities: { savedView: rights('own', 'none', 'none', 'none') },
  },
}
