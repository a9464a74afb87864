import { defineEntity, type Row } from '../../kernel/entity'
import { choice, text } from '../../kernel/field'

/** The ten colours of stages and tags; both colour schemes render each with AA contrast. */
export const paletteColors = [
  'gray',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'indigo',
  'violet',
  'pink',
] as const

export const tag = defineEntity({
  name: 'tag',
  plural: 'tags',
  label: 'Tag',
  labelPlural: 'Tags',
  icon: 'tag',
  isInternal: true,
  isReference: true,
  titleFields: ['name'],
  fields: {
    name: text('Name', { required: true, search: true, index: true }),
    color: choice('Colour', paletteColors, { default: 'gray' }),
  },
  list: { columns: ['name', 'color'], sort: 'name' },
})

export type Tag = Row<typeof tag>
