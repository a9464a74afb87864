import { describe, expect, it } from 'vitest'
import { teammatesOf } from './teammates'

const team = (id: string, deletedAt: string | null = null) => ({ id, deletedAt })
const member = (teamId: string, userId: string | null, deletedAt: string | null = null) => ({
  teamId,
  userId,
  deletedAt,
})
const gone = '2026-01-01T00:00:00.000Z'

describe('teammates', () => {
  it('are the members of all teams that one is in', () => {
    const members = [
      member('a', 'me'),
      member('a', 'ann'),
      member('b', 'me'),
      member('b', 'bob'),
      member('c', 'carl'),
    ]
    const teams = [team('a'), team('b'), team('c')]
    expect([...teammatesOf('me', teams, members)].sort()).toEqual(['ann', 'bob', 'me'])
  })

  it('end with the membership of either, and with the team', () => {
    const both = [member('a', 'me'), member('a', 'ann')]
    expect(teammatesOf('me', [team('a', gone)], both)).toEqual(new Set(['me']))
    expect(teammatesOf('me', [], both)).toEqual(new Set(['me']))
    const left = [member('a', 'me', gone), member('a', 'ann')]
    expect(teammatesOf('me', [team('a')], left)).toEqual(new Set(['me']))
    const away = [member('a', 'me'), member('a', 'ann', gone), member('a', null)]
    expect(teammatesOf('me', [team('a')], away)).toEqual(new Set(['me']))
  })
})
