import { defineEntity, type Row } from '../../kernel/entity'
import { choice, flag, integer, longText, ref, text } from '../../kernel/field'

/** A way to look at a list that somebody keeps: filters, columns, order, grouping, layout. */
export const savedView = defineEntity({
  name: 'savedView',
  plural: 'saved-views',
  label: 'View',
  labelPlural: 'Views',
  icon: 'layout-list',
  isInternal: true,
  isReference: true,
  openBy: 'isShared',
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    entityName: text('Records of', { required: true, index: true }),
    layout: choice('Layout', ['table', 'board'], { default: 'table' }),
    /** The view as JSON; `src-renderer/kernel/list` knows its shape. */
    definition: longText('Definition', { required: true }),
    isShared: flag('Shared with everybody'),
    position: integer('Position', { min: 0, default: 0 }),
    ownerId: ref('Owner', 'user', { index: true }),
  },
  list: { columns: ['name', 'entityName', 'layout', 'isShared', 'ownerId'], sort: 'name' },
  quickCreate: ['name', 'isShared'],
})

export type SavedView = Row<typeof savedView>
