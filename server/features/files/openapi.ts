/** The contents of files in the OpenAPI document. */
import { type Json, pathId, problems } from '../../kernel/openapi-parts'

const tags = ['Files']
const content = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }

export const filePaths = (): { [path: string]: Json } => ({
  '/api/v1/crm/files/{id}/content': {
    parameters: [pathId],
    put: {
      tags,
      operationId: 'upload_file',
      summary: 'Send the content that the record tells of',
      description:
        'Its SHA-256 and size must be those of the record; sending it again does no harm.',
      requestBody: { required: true, content },
      responses: { 204: { description: 'Kept' }, ...problems(401, 403, 404, 413, 422) },
    },
    get: {
      tags,
      operationId: 'download_file',
      summary: 'The content, as a download',
      responses: { 200: { description: 'The content', content }, ...problems(401, 403, 404) },
    },
  },
})
