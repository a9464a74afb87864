/** The sign-in routes in the OpenAPI document. */
import type { z } from 'zod'
import { authSchemas } from '../auth/routes'
import { type Json, json, jsonSchema, ok, pathId, problems, ref } from './openapi-parts'

const open = { security: [] }

const authPath = (summary: string, body: z.ZodType | null, responses: Json): Json => ({
  tags: ['Sign-in'],
  summary,
  ...(body ? { requestBody: { required: true, content: json(jsonSchema(body)) } } : {}),
  responses,
})

/** Paths below `/api/v1/auth`. */
export const authPaths = (): Json => {
  const base = '/api/v1/auth'
  const tokens = ok('Tokens', ref('Tokens'))
  return {
    [`${base}/status`]: {
      get: {
        ...authPath('Whether the server still has to be set up', null, {
          200: ok('Status', { type: 'object' }),
        }),
        ...open,
      },
    },
    [`${base}/setup`]: {
      post: {
        ...authPath('Create the first workspace', authSchemas.setup, {
          201: tokens,
          ...problems('409', '422'),
        }),
        ...open,
      },
    },
    [`${base}/login`]: {
      post: {
        ...authPath('Sign in', authSchemas.login, {
          200: tokens,
          ...problems('401', '422', '429'),
        }),
        ...open,
      },
    },
    [`${base}/refresh`]: {
      post: {
        ...authPath('Spend a refresh token for new tokens', authSchemas.refresh, {
          200: tokens,
          ...problems('401'),
        }),
        ...open,
      },
    },
    [`${base}/logout`]: {
      post: {
        ...authPath('Sign out', authSchemas.refresh, { 204: { description: 'Signed out' } }),
        ...open,
      },
    },
    [`${base}/me`]: {
      get: authPath('Who is signed in', null, {
        200: ok('User and workspace', { type: 'object' }),
        ...problems('401'),
      }),
    },
    [`${base}/api-keys`]: {
      get: authPath('List API keys', null, {
        200: ok('Keys without their secret', { type: 'object' }),
        ...problems('401', '403'),
      }),
      post: authPath('Create an API key; it is shown once', authSchemas.apiKey, {
        201: ok('The key', { type: 'object' }),
        ...problems('401', '403', '422'),
      }),
    },
    [`${base}/api-keys/{id}`]: {
      parameters: [pathId],
      delete: authPath('Revoke an API key', null, {
        204: { description: 'Revoked' },
        ...problems('401', '403', '404'),
      }),
    },
  }
}
