import type { EditInput } from '../ports'

/** Neighbouring edits of one group together, single ones alone, in order. */
export const groupsOf = (edits: readonly EditInput[]): EditInput[][] => {
  const groups: EditInput[][] = []
  for (const edit of edits) {
    const open = groups.at(-1)
    if (open && edit.g !== undefined && open[0]?.g === edit.g) open.push(edit)
    else groups.push([edit])
  }
  return groups
}
