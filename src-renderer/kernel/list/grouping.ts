/** How a grouped list lies on screen: heads and rows in one sequence, without a row being fetched. */

/** A group of neighbouring rows; `key` is the value they share. */
export type RowGroup = { key: string | null; count: number; sum: number | null }

/** What stands at a place of the list. */
export type Place =
  | { kind: 'row'; index: number }
  | { kind: 'group'; group: RowGroup; isOpen: boolean }

export type Layout = {
  /** Heads and visible rows together. */
  length: number
  at: (position: number) => Place
  /** Where a row stands; that of its group's head where the group is closed. */
  positionOf: (index: number) => number
  /** The row after another one in a direction, passing over closed groups. */
  step: (index: number, by: number) => number
}

/** A list without groups. */
export const plainLayout = (total: number): Layout => ({
  length: total,
  at: (position) => ({ kind: 'row', index: position }),
  positionOf: (index) => index,
  step: (index, by) => Math.max(0, Math.min(total - 1, index + by)),
})

type Segment = { group: RowGroup; isOpen: boolean; position: number; first: number }

const keyOf = (group: RowGroup): string => group.key ?? ''

const segmentsOf = (groups: readonly RowGroup[], closed: ReadonlySet<string>): Segment[] => {
  let [position, first] = [0, 0]
  return groups.map((group) => {
    const segment = { group, isOpen: !closed.has(keyOf(group)), position, first }
    position += 1 + (segment.isOpen ? group.count : 0)
    first += group.count
    return segment
  })
}

/** The last segment for which a test holds; segments are sorted by it. */
const lastWhere = (segments: readonly Segment[], holds: (segment: Segment) => boolean) => {
  let [low, high] = [0, segments.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const segment = segments[middle]
    if (segment && holds(segment)) low = middle
    else high = middle - 1
  }
  return segments[low]
}

/** A list in groups, which stand in the order of its rows; closed ones show only their heads. */
export const groupedLayout = (groups: readonly RowGroup[], closed: ReadonlySet<string>): Layout => {
  const segments = segmentsOf(groups, closed)
  const last = segments.at(-1)
  const length = last ? last.position + 1 + (last.isOpen ? last.group.count : 0) : 0
  const open = segments.filter(({ isOpen, group }) => isOpen && group.count > 0)
  const segmentOf = (index: number) => lastWhere(segments, ({ first }) => first <= index)
  return {
    length,
    at: (position) => {
      const segment = lastWhere(segments, (one) => one.position <= position)
      if (!segment) return { kind: 'row', index: position }
      const { group, isOpen } = segment
      return segment.position === position
        ? { kind: 'group', group, isOpen }
        : { kind: 'row', index: segment.first + position - segment.position - 1 }
    },
    positionOf: (index) => {
      const segment = segmentOf(index)
      if (!segment) return 0
      return segment.position + (segment.isOpen ? 1 + index - segment.first : 0)
    },
    step: (index, by) => {
      const wanted = index + by
      const target = segmentOf(Math.max(0, wanted))
      if (target?.isOpen && wanted >= target.first && wanted < target.first + target.group.count)
        return wanted
      const next =
        by > 0
          ? open.find(({ first }) => first >= wanted)
          : open.findLast(({ first }) => first < index)
      if (!next) return index < 0 ? -1 : index
      return by > 0 ? next.first : next.first + next.group.count - 1
    },
  }
}
