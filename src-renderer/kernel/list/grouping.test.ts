import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupedLayout, type Layout, plainLayout, type RowGroup } from './grouping'

const group = (key: string | null, count: number): RowGroup => ({ key, count, sum: null })

const shown = (layout: Layout): string[] =>
  Array.from({ length: layout.length }, (_, position) => {
    const place = layout.at(position)
    return place.kind === 'row' ? String(place.index) : `[${place.group.key ?? '-'}]`
  })

describe('a grouped list', () => {
  const groups = [group('a', 2), group(null, 1), group('c', 2)]

  it('shows each group’s head before its rows', () => {
    expect(shown(groupedLayout(groups, new Set()))).toEqual([
      '[a]',
      '0',
      '1',
      '[-]',
      '2',
      '[c]',
      '3',
      '4',
    ])
  })

  it('shows only the head of a closed group', () => {
    const layout = groupedLayout(groups, new Set(['a', 'c']))
    expect(shown(layout)).toEqual(['[a]', '[-]', '2', '[c]'])
    expect(layout.positionOf(1)).toBe(0)
    expect(layout.positionOf(2)).toBe(2)
  })

  it('moves over closed groups and stays inside', () => {
    const layout = groupedLayout(groups, new Set(['']))
    expect(layout.step(1, 1)).toBe(3)
    expect(layout.step(3, -1)).toBe(1)
    expect(layout.step(4, 1)).toBe(4)
    expect(layout.step(0, -1)).toBe(0)
    expect(layout.step(-1, 1)).toBe(0)
    expect(groupedLayout(groups, new Set(['a', '', 'c'])).step(-1, 1)).toBe(-1)
  })

  it('finds every visible row again at the place where it shows it', () => {
    const anyGroups = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 })
    fc.assert(
      fc.property(anyGroups, fc.func(fc.boolean()), (counts, isClosed) => {
        const made = counts.map((count, index) => group(String(index), count))
        const closed = new Set(made.map(({ key }) => key ?? '').filter((key) => isClosed(key)))
        const layout = groupedLayout(made, closed)
        let rows = 0
        for (let position = 0; position < layout.length; position += 1) {
          const place = layout.at(position)
          if (place.kind === 'group') continue
          rows += 1
          expect(layout.positionOf(place.index)).toBe(position)
        }
        const visible = made
          .filter(({ key }) => !closed.has(key ?? ''))
          .reduce((sum, { count }) => sum + count, 0)
        expect(rows).toBe(visible)
      }),
    )
  })
})

it('without groups a list is its rows', () => {
  const layout = plainLayout(3)
  expect(shown(layout)).toEqual(['0', '1', '2'])
  expect([layout.step(2, 1), layout.step(0, -1), layout.positionOf(2)]).toEqual([2, 0, 2])
})
