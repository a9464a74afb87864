/** The named actions of leads and opportunities in the OpenAPI document. */
import type { z } from 'zod'
import { boardQuery } from '../kernel/board'
import { type Json, json, jsonSchema, ok, pathId, problems, ref } from '../kernel/openapi-parts'
import { calendarPaths } from './activities/calendar-openapi'
import { filePaths } from './files/openapi'
import { conversionSchema } from './leads/convert'
import { forecastQuery } from './opportunities/forecast'
import { reasonSchema, stageMoveSchema } from './stage-requests'

const base = '/api/v1/crm'

type Named = { tag: string; id: string; summary: string }

const parametersOf = (schema: z.ZodType): Json[] => {
  const { properties } = jsonSchema(schema)
  return Object.entries(properties ?? {}).map(([name, one]) => ({ name, in: 'query', schema: one }))
}

const reading = ({ tag, id, summary }: Named, query: z.ZodType, answer: Json): { get: Json } => ({
  get: {
    tags: [tag],
    operationId: id,
    summary,
    parameters: parametersOf(query),
    responses: { 200: answer, ...problems(401, 403, 404, 422) },
  },
})

const acting = ({ tag, id, summary }: Named, body: z.ZodType, answer: Json): Json => ({
  parameters: [pathId],
  post: {
    tags: [tag],
    operationId: id,
    summary,
    requestBody: { required: false, content: json(jsonSchema(body)) },
    responses: { 200: answer, ...problems(400, 401, 403, 404, 409, 422) },
  },
})

const money = { type: 'number' }
const sums: Json = {
  count: { type: 'integer' },
  amount: money,
  weighted: { ...money, description: 'Amount times probability' },
}

const board = (schema: string): Json =>
  ok('The stages of the pipeline with their records', {
    type: 'object',
    properties: {
      pipeline: ref('Pipeline'),
      stages: {
        type: 'array',
        items: {
          allOf: [
            ref('Stage'),
            {
              type: 'object',
              properties: {
                count: { type: 'integer' },
                totals: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { currency: { type: 'string' }, amount: money, weighted: money },
                  },
                },
                items: { type: 'array', items: ref(schema) },
              },
            },
          ],
        },
      },
    },
  })

const forecastAnswer = ok('One forecast a currency, the workspace’s first', {
  type: 'object',
  properties: {
    from: { type: 'string', format: 'date' },
    to: { type: 'string', format: 'date' },
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          currency: { type: 'string' },
          total: { type: 'object', properties: { ...sums, won: money } },
          months: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                month: { type: 'string', description: 'YYYY-MM' },
                ...sums,
                won: money,
                quota: money,
                by_category: { type: 'object' },
                by_owner: { type: 'object' },
              },
            },
          },
        },
      },
    },
  },
})

const converted = ok('The lead and what it became', {
  type: 'object',
  properties: {
    lead: ref('Lead'),
    contact: { anyOf: [ref('Contact'), { type: 'null' }] },
    account: { anyOf: [ref('Account'), { type: 'null' }] },
    opportunity: { anyOf: [ref('Opportunity'), { type: 'null' }] },
  },
})

const [leads, opportunities] = ['Leads', 'Opportunities']
const lead = ok('The lead as it stands now', ref('Lead'))
const opportunity = ok('The opportunity as it stands now', ref('Opportunity'))

/** Paths that no entity has for nothing. */
export const actionPaths = (): { [path: string]: Json } => ({
  ...calendarPaths(),
  ...filePaths(),
  [`${base}/leads/kanban`]: reading(
    { tag: leads, id: 'lead_board', summary: 'The board of leads' },
    boardQuery,
    board('Lead'),
  ),
  [`${base}/leads/{id}/move-stage`]: acting(
    { tag: leads, id: 'move_lead', summary: 'Move a lead to a stage' },
    stageMoveSchema,
    lead,
  ),
  [`${base}/leads/{id}/convert`]: acting(
    { tag: leads, id: 'convert_lead', summary: 'Convert a lead' },
    conversionSchema,
    converted,
  ),
  [`${base}/leads/{id}/mark-lost`]: acting(
    { tag: leads, id: 'lose_lead', summary: 'Mark a lead lost' },
    reasonSchema,
    lead,
  ),
  [`${base}/opportunities/kanban`]: reading(
    { tag: opportunities, id: 'opportunity_board', summary: 'The board of opportunities' },
    boardQuery,
    board('Opportunity'),
  ),
  [`${base}/opportunities/forecast`]: reading(
    { tag: opportunities, id: 'forecast', summary: 'What is likely to come in, by month' },
    forecastQuery,
    forecastAnswer,
  ),
  [`${base}/opportunities/{id}/move-stage`]: acting(
    { tag: opportunities, id: 'move_opportunity', summary: 'Move an opportunity to a stage' },
    stageMoveSchema,
    opportunity,
  ),
  [`${base}/opportunities/{id}/mark-won`]: acting(
    { tag: opportunities, id: 'win_opportunity', summary: 'Mark an opportunity won' },
    reasonSchema,
    opportunity,
  ),
  [`${base}/opportunities/{id}/mark-lost`]: acting(
    { tag: opportunities, id: 'lose_opportunity', summary: 'Mark an opportunity lost' },
    reasonSchema,
    opportunity,
  ),
})
