/**
 * The OpenAPI document as a page: plain HTML made on the server, so that it needs neither a script
 * nor a download and lives under the strictest content security policy. Search is a form.
 */
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { refusals } from '../../shared/kernel/refusal'
import { docsStyle } from './docs-style'
import type { OpenApiDocument } from './openapi'
import type { Json } from './openapi-parts'

type Html = HtmlEscapedString | Promise<HtmlEscapedString>
type Operation = { path: string; method: string; details: Json; shared: Json[] }

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const asJson = (value: unknown): Json => (isJson(value) ? value : {})
const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

const operationsOf = ({ paths }: OpenApiDocument): Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) =>
      isJson(item[method])
        ? [{ path, method, details: asJson(item[method]), shared: asList(item.parameters) }]
        : [],
    ),
  )

const groupOf = ({ details }: Operation): string =>
  Array.isArray(details.tags) ? String(details.tags[0]) : 'Other'

const matches = (operation: Operation, words: readonly string[]): boolean => {
  const { path, method, details, shared } = operation
  const text = JSON.stringify([path, method, details, shared]).toLowerCase()
  return words.every((word) => text.includes(word))
}

/** Text of which the parts between backticks are code. */
const prose = (value: unknown): Html =>
  html`${asText(value)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`

const refName = (schema: Json): string | undefined =>
  asText(schema.$ref).split('/').at(-1) || undefined

const typeOf = (schema: Json): Html | string => {
  const name = refName(schema)
  if (name) return html`<a href="#schema-${name}">${name}</a>`
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const options = asList(schema.anyOf ?? schema.oneOf)
  if (options.length > 0)
    return html`${options.map((one, i) => html`${i > 0 ? ' | ' : ''}${typeOf(one)}`)}`
  if (schema.type === 'array') return html`list of ${typeOf(asJson(schema.items))}`
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : asText(schema.type)
  return schema.format === undefined ? type || 'anything' : `${type} (${asText(schema.format)})`
}

const fieldRows = (schema: Json): Html => {
  const required = Array.isArray(schema.required) ? schema.required : []
  return html`<table><tbody>${Object.entries(asJson(schema.properties)).map(([name, value]) => {
    const field = asJson(value)
    return html`<tr><td><code>${name}</code>${required.includes(name) ? html` <b>required</b>` : ''}</td><td>${typeOf(field)}</td><td>${asText(field.description) || asText(field.title)}</td></tr>`
  })}</tbody></table>`
}

const schemaBody = (schema: Json): Html | string => {
  const options = asList(schema.anyOf ?? schema.oneOf)
  if (options.length > 0) return html`${options.map((one) => html`<p>Either</p>${fieldRows(one)}`)}`
  return isJson(schema.properties) ? fieldRows(schema) : typeOf(schema)
}

const parameterTable = (parameters: readonly Json[]): Html | string =>
  parameters.length === 0
    ? ''
    : html`<h4>Parameters</h4><table><tbody>${parameters.map(
        (one) =>
          html`<tr><td><code>${asText(one.name)}</code></td><td>${asText(one.in)}</td><td>${typeOf(asJson(one.schema))}</td><td>${prose(one.description)}</td></tr>`,
      )}</tbody></table>`

const requestBody = (body: unknown): Html[] =>
  Object.entries(asJson(asJson(body).content)).map(([type, media]) => {
    const { schema, example } = asJson(media)
    return html`<h4>Body, <code>${type}</code></h4>${schemaBody(asJson(schema))}${
      example === undefined ? '' : html`<pre>${JSON.stringify(example, null, 2)}</pre>`
    }`
  })

const answers = (responses: unknown, document: OpenApiDocument): Html =>
  html`<h4>Answers</h4><table><tbody>${Object.entries(asJson(responses)).map(([status, value]) => {
    const name = refName(asJson(value))
    const response = name ? asJson(document.components.responses[name]) : asJson(value)
    const content = Object.values(asJson(response.content)).map(asJson)
    return html`<tr><td><code>${status}</code></td><td>${content.map(({ schema }) => html`${typeOf(asJson(schema))} `)}</td><td>${prose(response.description)}</td></tr>`
  })}</tbody></table>`

const operationHtml = (operation: Operation, document: OpenApiDocument, isOpen: boolean): Html => {
  const { path, method, details, shared } = operation
  return html`<details id="${asText(details.operationId)}"${isOpen ? raw(' open') : ''}>
<summary><span class="method ${method}">${method}</span> <code>${path}</code> <span class="summary">${asText(details.summary)}</span></summary>
${details.description === undefined ? '' : html`<p>${prose(details.description)}</p>`}
${parameterTable([...shared, ...asList(details.parameters)])}
${requestBody(details.requestBody)}
${answers(details.responses, document)}
</details>`
}

const problemTable = (): Html =>
  html`<h2 id="problems">Problems</h2><table><tbody>${Object.entries(refusals).map(
    ([code, [status, sentence]]) =>
      html`<tr><td><code>${code}</code></td><td>${status}</td><td>${sentence}</td></tr>`,
  )}</tbody></table>`

const schemaSection = (document: OpenApiDocument): Html =>
  html`<h2 id="schemas">Schemas</h2>${Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      html`<section id="schema-${name}"><h3>${name}</h3>${schemaBody(asJson(schema))}</section>`,
  )}`

/** The whole page, or with a search text what contains all of its words. */
export const docsPage = (document: OpenApiDocument, search: string): Html => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = operationsOf(document).filter((operation) => matches(operation, words))
  const groups = [...new Set(found.map(groupOf))]
  const isSearch = words.length > 0
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Roadbook API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${raw(docsStyle)}</style></head><body>
<header><h1>Roadbook API <small>${document.info.version}</small></h1>
<p>${prose(document.info.description)}</p>
<p>Send <code>Authorization: Bearer TOKEN</code> with an access token from <code>POST /api/v1/auth/login</code> or with an API key.
The machine-readable form of this page is <a href="/api/openapi.json">openapi.json</a>.</p>
<form role="search" action="/api/docs"><label>Search <input type="search" name="q" value="${search}"></label> <button>Find</button>
${isSearch ? html` <span>${found.length} found</span> <a href="/api/docs">Show all</a>` : ''}</form>
<nav>${groups.map((group) => html`<a href="#${group}">${group}</a> `)}${isSearch ? '' : html`<a href="#problems">Problems</a> <a href="#schemas">Schemas</a>`}</nav></header>
<main>${groups.map(
    (group) =>
      html`<h2 id="${group}">${group}</h2>${found
        .filter((operation) => groupOf(operation) === group)
        .map((operation) => operationHtml(operation, document, isSearch && found.length <= 5))}`,
  )}
${isSearch ? '' : problemTable()}
${schemaSection(document)}</main></body></html>`
}
