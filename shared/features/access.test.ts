import { describe, expect, it } from 'vitest'
import {
  allows,
  entityFor,
  fixedFields,
  hiddenFields,
  may,
  roles,
  seesAll,
  type Viewer,
} from '../kernel/access'
import type { AnyEntity } from '../kernel/entity'
import { roleRights } from '../kernel/role-rights'
import { entities } from './index'

const all: readonly AnyEntity[] = Object.values<AnyEntity>(entities)
const viewer = (role: Viewer['role'], mates: string[] = []): Viewer => ({
  userId: 'me',
  role,
  teammates: new Set(['me', ...mates]),
})
const { lead, contact, account, activity, savedView, file, opportunity } = entities

describe('the built-in roles', () => {
  it.each(roles)('%s names entities and fields that there are', (role) => {
    const { entities: named, hidden = {}, fixed = {} } = roleRights[role]
    for (const name of Object.keys(named)) expect(entities).toHaveProperty(name)
    for (const [name, fields] of [...Object.entries(hidden), ...Object.entries(fixed)])
      for (const field of fields)
        expect(entities[name as keyof typeof entities].fields).toHaveProperty(field)
  })

  it('hide nothing that a record is called or found by, that rules need, or that is merged as text', () => {
    for (const role of roles)
      for (const entity of all)
        for (const name of hiddenFields(role, entity)) {
          const field = entity.fields[name]
          expect(entity.titleFields).not.toContain(name)
          expect(field).not.toMatchObject({ search: true })
          expect(field).not.toMatchObject({ required: true })
          expect(field?.kind).not.toBe('richText')
        }
  })

  it('never let anybody change more than they see', () => {
    for (const role of roles)
      for (const entity of all)
        for (const row of [{ ownerId: 'me' }, { ownerId: 'mate' }, { ownerId: 'other' }, {}])
          for (const action of ['update', 'delete'] as const) {
            const one = viewer(role, ['mate'])
            if (allows(one, action, entity, row))
              expect(allows(one, 'read', entity, row)).toBe(true)
          }
  })

  it('let nobody write what the server writes', () => {
    for (const role of roles) expect(may(role, 'update', entities.user)).toBe(false)
  })
})

describe('scopes', () => {
  it('of one’s own end at one’s own', () => {
    expect(allows(viewer('support'), 'read', lead, { ownerId: 'me' })).toBe(true)
    expect(allows(viewer('support'), 'read', lead, { ownerId: null, createdBy: 'me' })).toBe(true)
    expect(allows(viewer('support', ['mate']), 'read', lead, { ownerId: 'mate' })).toBe(false)
    expect(allows(viewer('support'), 'read', lead, {})).toBe(false)
  })

  it('of the team reach teammates and what belongs to nobody', () => {
    const one = viewer('support', ['mate'])
    expect(allows(one, 'read', activity, { ownerId: 'mate' })).toBe(true)
    expect(allows(one, 'read', activity, {})).toBe(true)
    expect(allows(one, 'read', activity, { ownerId: 'other' })).toBe(false)
    expect(allows(viewer('sales', ['mate']), 'delete', contact, { ownerId: 'mate' })).toBe(true)
    expect(allows(viewer('sales'), 'delete', contact, { ownerId: 'mate' })).toBe(false)
  })

  it('do not reach parts of records that are out of sight', () => {
    const row = { ownerId: 'other', opportunityId: 'o' }
    expect(allows(viewer('marketing'), 'read', file, row)).toBe(true)
    expect(allows(viewer('support'), 'read', file, row)).toBe(false)
    expect(allows(viewer('support'), 'read', file, { ...row, ownerId: 'me' })).toBe(true)
    expect(allows(viewer('support'), 'read', file, { ownerId: 'other', contactId: 'c' })).toBe(true)
  })

  it('open what its owner shows to everybody', () => {
    const theirs = { ownerId: 'other', isShared: false }
    expect(allows(viewer('sales'), 'read', savedView, theirs)).toBe(false)
    expect(allows(viewer('sales'), 'read', savedView, { ...theirs, isShared: true })).toBe(true)
    expect(allows(viewer('sales'), 'update', savedView, { ...theirs, isShared: true })).toBe(false)
  })
})

describe('an entity as a role knows it', () => {
  it('lacks what is hidden wherever it is named', () => {
    const known = entityFor('support', account)
    expect(JSON.stringify(known)).not.toContain('annualRevenue')
    expect(JSON.stringify(account)).toContain('annualRevenue')
    expect(fixedFields('support', account)).toEqual(['annualRevenue', 'rating', 'ownerId'])
  })

  it('is the entity itself where nothing is hidden', () => {
    expect(entityFor('sales', account)).toBe(account)
    expect(seesAll('sales', opportunity)).toBe(true)
    expect(seesAll('support', account)).toBe(false)
  })
})
