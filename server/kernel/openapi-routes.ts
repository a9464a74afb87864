/** `/api/openapi.json` and `/api/docs`, a page that needs no outside download and no script. */
import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { createOpenApi } from './openapi'

type Operation = {
  tags?: string[]
  summary?: string
  parameters?: { name?: string; in?: string; description?: string }[]
  requestBody?: { content?: Record<string, { schema?: unknown }> }
  responses?: Record<string, { description?: string }>
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

const style = `
body{font:14px/1.5 Inter,system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2024;background:#fff}
h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:1px solid #d9dce0}
summary{cursor:pointer;padding:.35rem 0}code{font:13px/1.5 ui-monospace,monospace}
.m{display:inline-block;width:4.5rem;font-weight:600;text-transform:uppercase}.p{font-family:ui-monospace,monospace}
.s{color:#60646c;margin-left:.75rem}pre{background:#f4f5f7;padding:.75rem;overflow:auto;border-radius:4px}
td,th{text-align:left;padding:.15rem .75rem .15rem 0;vertical-align:top}
@media(prefers-color-scheme:dark){body{background:#111316;color:#e8eaed}h2{border-color:#33373d}.s{color:#a3a8b0}pre{background:#1b1e22}}`

const operationHtml = (path: string, method: string, operation: Operation) => html`<details>
  <summary><span class="m">${method}</span><span class="p">${path}</span><span class="s">${operation.summary ?? ''}</span></summary>
  ${
    operation.parameters?.length
      ? html`<table><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr>${operation.parameters.map(
          (parameter) =>
            html`<tr><td><code>${parameter.name}</code></td><td>${parameter.in}</td><td>${parameter.description ?? ''}</td></tr>`,
        )}</table>`
      : ''
  }
  ${Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) =>
      html`<p>Body <code>${type}</code></p><pre>${JSON.stringify(schema, null, 2)}</pre>`,
  )}
  <p>Answers: ${Object.keys(operation.responses ?? {}).join(', ')}</p>
</details>`

const docsPage = (document: ReturnType<typeof createOpenApi>) => {
  const paths = Object.entries(document.paths ?? {}) as [string, Record<string, Operation>][]
  const operations = paths.flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  )
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'Other'))]
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Roadbook API</title>
<meta name="viewport" content="width=device-width"><style>${raw(style)}</style></head><body>
<h1>Roadbook API</h1>
<p>Send <code>Authorization: Bearer TOKEN</code> with an access token from <code>POST /api/v1/auth/login</code> or an API key.
Errors are problem details (RFC 9457). The machine-readable form of this page is <a href="/api/openapi.json">openapi.json</a>.</p>
${tags.map(
  (tag) =>
    html`<h2>${tag}</h2>${operations
      .filter(({ operation }) => (operation.tags?.[0] ?? 'Other') === tag)
      .map(({ path, method, operation }) => operationHtml(path, method, operation))}`,
)}</body></html>`
}

/** The routes, to be mounted at `/api`. */
export const createOpenApiRoutes = (): Hono => {
  const document = createOpenApi('1')
  const page = docsPage(document)
  const routes = new Hono()
  routes.get('/openapi.json', (c) => c.json(document))
  routes.get('/docs', (c) => c.html(page))
  return routes
}
