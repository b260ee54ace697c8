import type { Route } from '@tianjillm/gateway'
import type { DocumentedRoute } from '../define-route.ts'
import { type Described, describedCalls, describedQueries, describedStored } from './calls.ts'
import { type Components, createComponents } from './components.ts'
import { errorSchemas, failureResponses, failuresOf } from './failures.ts'
import { type Json, jsonSchema } from './json-schema.ts'

/** Facts of the document that are not in the routes. */
export interface DocumentInfo {
  readonly title: string
  readonly version: string
}

/**
 * The OpenAPI document of all routes that describe themselves, of the calls, and of what the ingress answers itself.
 * Source: https://spec.openapis.org/oas/v3.1.1.html
 * @throws Error when two schemas have one name
 */
export function openApiDocument(routes: readonly Route[], info: DocumentInfo): Json {
  const paths: Record<string, Json> = {}
  const tags = new Set<string>()
  const components = createComponents()
  for (const route of routes) {
    for (const path of describedPaths(route)) {
      const operation = operationOf(route, path, components)
      if (!operation) continue
      tags.add(operation.tags[0]!);
      (paths[openApiPath(path)] ??= {})[route.method.toLowerCase()] = operation
    }
  }
  return {
    openapi: '3.1.0',
    info: { ...info, description: 'Every route asks for a key, as `Authorization: Bearer sk-...`, unless its security says otherwise. Of what is changed, absent fields stay and null clears.' },
    servers: [{ url: '/' }],
    tags: [...tags].map((name) => ({ name })),
    security: [{ key: [] }],
    paths: byName(paths),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'The master key, or a virtual key (`sk-...`).' } },
      schemas: byName({ ...components.schemas, ...errorSchemas }),
      responses: failureResponses,
    },
  }
}

export function isDocumented(route: Route): route is DocumentedRoute {
  return 'doc' in route
}

/** Routes outside of management have many names for the sake of SDKs; the first says enough. */
function describedPaths(route: Route): readonly string[] {
  return isDocumented(route) ? route.paths : route.paths.slice(0, 1)
}

interface OperationObject extends Json {
  readonly tags: readonly [string]
}

function operationOf(route: Route, path: string, components: Components): OperationObject | undefined {
  const described = isDocumented(route) ? fromSchemas(route, components) : route.kind === 'call' ? describedCalls[route.operation] : route.kind === 'stored' ? describedStored[`${route.method} ${openApiPath(path)}`] : describedQueries[openApiPath(path)]
  if (!described) return undefined
  const { method, permission, paths: [first] } = route
  const { tag, summary, body, answer, streams, externalDocs, query = [], example } = described as Described & Partial<FromSchemas>
  const same = path === first ? '' : `The same as \`${openApiPath(first!)}\`. `
  return {
    tags: [tag],
    summary,
    description: `${same}Permission: \`${permission}\`.`,
    operationId: operationId(method, path),
    ...(same && { deprecated: true }),
    ...(externalDocs && { externalDocs }),
    ...(permission === 'public' && { security: [] }),
    parameters: [...pathParameters(path), ...query],
    ...(body && { requestBody: { required: isRequired(body, components), content: { 'application/json': { schema: components.share(body), ...(example !== undefined && { example }) } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: components.share(answer) }, ...(streams && { 'text/event-stream': { schema: { type: 'string' } } }) } },
      ...failuresOf({ open: permission === 'public', writes: method !== 'GET', takes: body !== undefined || query.length > 0, calls: route.kind !== 'query' }),
    },
  }
}

interface FromSchemas extends Described {
  readonly query: readonly Json[]
  readonly example: unknown
}

function fromSchemas({ method, paths: [first], doc }: DocumentedRoute, components: Components): FromSchemas {
  const { tag, summary, body, search, answer, example } = doc
  return {
    tag, summary, example,
    answer: jsonSchema(answer, 'output'),
    ...(body && { body: components.named(`${pascal(first!, method)}Body`, jsonSchema(body, 'input')) }),
    query: Object.entries(search?.entries ?? {}).map(([name, schema]) => {
      const { description, default: usual, ...json } = jsonSchema(schema, 'input')
      // In the address every default is text; the document speaks of numbers and switches.
      const value: unknown = typeof usual === 'string' && json['type'] !== 'string' ? JSON.parse(usual) : usual
      return { name, in: 'query', required: !isOptional(schema), ...(description !== undefined && { description }), schema: { ...json, ...(value !== undefined && { default: value }) } }
    }),
  }
}

function pathParameters(path: string): readonly Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

/** `:name` and `:name{pattern}` in OpenAPI's form. */
function openApiPath(path: string): string {
  return path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')
}

/** `POST /key/generate` -> `post_key_generate`: stable, and unique as method and path are. */
function operationId(method: string, path: string): string {
  return `${method.toLowerCase()}${openApiPath(path).replaceAll(/[^\w]+/g, '_')}`.replace(/_$/, '')
}

/** `POST /key/generate` -> `KeyGenerate`; other methods say themselves, as they may share the path. */
function pascal(path: string, method: string): string {
  const words = [...openApiPath(path).matchAll(/[A-Za-z0-9]+/g)].map(([word]) => word[0]!.toUpperCase() + word.slice(1))
  return `${method === 'POST' ? '' : method[0]! + method.slice(1).toLowerCase()}${words.join('')}`
}

function isOptional(schema: unknown): boolean {
  return ['optional', 'nullish', 'exact_optional', 'undefinedable'].includes((schema as { type: string }).type)
}

/** Whether a body has to be sent at all: it has when one of its fields has. */
function isRequired(body: Json, { schemas }: Components): boolean {
  const name = typeof body['$ref'] === 'string' ? body['$ref'].split('/').at(-1)! : undefined
  const { required = [] } = (name === undefined ? body : schemas[name]) as { readonly required?: readonly string[] }
  return required.length > 0
}

function byName<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
