/** The calendar link in the OpenAPI document. */
import { type Json, ok, problems } from '../../kernel/openapi-parts'

const tags = ['Calendar']
const base = '/api/v1/calendar'
const text = { type: 'string' }
const part = (name: string, description: string): Json => ({
  name,
  in: 'path',
  required: true,
  schema: text,
  description,
})
const object = (properties: Json): Json => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})

export const calendarPaths = (): { [path: string]: Json } => ({
  [base]: {
    get: {
      tags,
      operationId: 'get_calendar_link',
      summary: 'Whether there is a link to subscribe to',
      responses: { 200: ok('State', object({ active: { type: 'boolean' } })), ...problems(401) },
    },
    post: {
      tags,
      operationId: 'create_calendar_link',
      summary: 'Make a link, or replace the one there is; it is shown once',
      responses: { 201: ok('The link', object({ path: text })), ...problems(401) },
    },
    delete: {
      tags,
      operationId: 'delete_calendar_link',
      summary: 'End the link',
      responses: { 204: { description: 'Ended' }, ...problems(401) },
    },
  },
  [`${base}/{userId}/{file}`]: {
    parameters: [
      part('userId', 'Whose calendar'),
      part('file', 'The secret of the link, and `.ics`'),
    ],
    get: {
      tags,
      operationId: 'read_calendar',
      summary: 'One person’s open activities as an iCalendar file (RFC 5545)',
      description: 'Needs no token: the link is the secret.',
      security: [],
      responses: {
        200: { description: 'The calendar', content: { 'text/calendar': { schema: text } } },
        304: { description: 'Not changed since the `If-None-Match` given' },
        ...problems(404),
      },
    },
  },
})
