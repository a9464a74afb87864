/** The sign-in routes in the OpenAPI document. */
import type { z } from 'zod'
import { authSchemas } from '../auth/wire'
import { type Json, json, jsonSchema, ok, pathId, problems, ref } from './openapi-parts'

/** Needs no token. */
const open = { security: [] }

const examples = {
  setup: {
    workspace_name: 'Acme',
    workspace_slug: 'acme',
    name: 'Ann Lee',
    email: 'ann@example.com',
    password: 'correct horse battery',
  },
  login: { email: 'ann@example.com', password: 'correct horse battery' },
}

const operation = (
  id: string,
  summary: string,
  more: { body?: z.ZodType; example?: unknown; responses: Json },
): Json => ({
  tags: ['Sign-in'],
  operationId: id,
  summary,
  ...(more.body
    ? { requestBody: { required: true, content: json(jsonSchema(more.body), more.example) } }
    : {}),
  responses: more.responses,
})

const tokens = ok('Tokens', ref('Tokens'))

const status = operation('status', 'Whether the server still has to be set up', {
  responses: { 200: ok('Status', ref('Status')) },
})
const setup = operation('setup', 'Create the first workspace and its owner', {
  body: authSchemas.setup,
  example: examples.setup,
  responses: { 201: tokens, ...problems(400, 409, 422) },
})
const login = operation('login', 'Sign in', {
  body: authSchemas.login,
  example: examples.login,
  responses: { 200: tokens, ...problems(400, 401, 422, 429) },
})
const refresh = operation('refresh', 'Spend a refresh token for new tokens', {
  body: authSchemas.refresh,
  responses: { 200: tokens, ...problems(400, 401, 422) },
})
const logout = operation('logout', 'Sign out, by refresh token or by bearer token', {
  body: authSchemas.logout,
  responses: { 204: { description: 'Signed out' }, ...problems(400, 401, 422) },
})
const me = operation('me', 'Who is signed in', {
  responses: { 200: ok('User and workspace', ref('Me')), ...problems(401) },
})
const listDevices = operation('list_devices', 'List devices: all for owners and admins, else own', {
  responses: { 200: ok('Devices, those seen last first', ref('Devices')), ...problems(401) },
})
const revokeDevice = operation('revoke_device', 'End a device; it removes what it holds', {
  responses: { 204: { description: 'Revoked' }, ...problems(401, 404) },
})
const restoreDevice = operation('restore_device', 'Take a revocation back before it arrived', {
  responses: { 204: { description: 'Taken back' }, ...problems(401, 404, 409) },
})
const listKeys = operation('list_api_keys', 'List API keys', {
  responses: { 200: ok('Keys without their secret', ref('ApiKeys')), ...problems(401, 403) },
})
const createKey = operation('create_api_key', 'Create an API key; it is shown once', {
  body: authSchemas.apiKey,
  example: { name: 'Web shop' },
  responses: { 201: ok('The key', ref('ApiKey')), ...problems(400, 401, 403, 422) },
})
const revokeKey = operation('revoke_api_key', 'Revoke an API key', {
  responses: { 204: { description: 'Revoked' }, ...problems(401, 403, 404) },
})

/** Paths below `/api/v1/auth`. */
export const authPaths = (): { [path: string]: Json } => {
  const base = '/api/v1/auth'
  return {
    [`${base}/status`]: { get: { ...status, ...open } },
    [`${base}/setup`]: { post: { ...setup, ...open } },
    [`${base}/login`]: { post: { ...login, ...open } },
    [`${base}/refresh`]: { post: { ...refresh, ...open } },
    [`${base}/logout`]: { post: { ...logout, ...open } },
    [`${base}/me`]: { get: me },
    [`${base}/devices`]: { get: listDevices },
    [`${base}/devices/{id}`]: { parameters: [pathId], delete: revokeDevice },
    [`${base}/devices/{id}/restore`]: { parameters: [pathId], post: restoreDevice },
    [`${base}/api-keys`]: { get: listKeys, post: createKey },
    [`${base}/api-keys/{id}`]: { parameters: [pathId], delete: revokeKey },
  }
}
