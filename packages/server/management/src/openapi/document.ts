import type { Route } from '@tianjillm/gateway'
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import type { DocumentedRoute } from '../define-route.ts'
import { describedCalls } from './calls.ts'

/** Facts of the document that are not in the routes. */
export interface DocumentInfo {
  readonly title: string
  readonly version: string
}

type Json = Record<string, unknown>

/**
 * The OpenAPI document of all routes that describe themselves, and of the calls.
 * Source: https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiDocument(routes: readonly Route[], info: DocumentInfo): Json {
  const paths: Record<string, Json> = {}
  const tags = new Set<string>()
  const add = (path: string, method: string, operation: Json): void => {
    (paths[openApiPath(path)] ??= {})[method.toLowerCase()] = operation
  }
  for (const route of routes) {
    if (route.kind === 'call') {
      const [path] = route.paths
      const operation = describedCalls[route.operation]
      if (path === undefined || !operation) continue
      tags.add('Inference')
      add(path, route.method, { ...operation, tags: ['Inference'], operationId: operationId(route.method, path), responses: { ...operation.responses, ...failures } })
    } else if (isDocumented(route)) {
      tags.add(route.doc.tag)
      for (const path of route.paths) add(path, route.method, operationOf(route, path))
    }
  }
  return {
    openapi: '3.1.0',
    info: { ...info, description: 'Every route asks for a key, as `Authorization: Bearer sk-...`, unless its security says otherwise.' },
    servers: [{ url: '/' }],
    tags: [...tags].map((name) => ({ name })),
    security: [{ key: [] }],
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'The master key, or a virtual key (`sk-...`).' } },
      schemas: { Error: errorSchema },
    },
  }
}

export function isDocumented(route: Route): route is DocumentedRoute {
  return 'doc' in route
}

function operationOf({ method, permission, doc, paths }: DocumentedRoute, path: string): Json {
  const { tag, summary, body, search, answer } = doc
  return {
    tags: [tag],
    summary,
    description: `Permission: \`${permission}\`.`,
    operationId: operationId(method, path),
    ...(path !== paths[0] && { deprecated: true, description: `The same as \`${paths[0]}\`. Permission: \`${permission}\`.` }),
    ...(permission === 'public' && { security: [] }),
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(search?.entries ?? {}).map(([name, schema]) => ({ name, in: 'query', required: isRequired(schema), schema: jsonSchema(schema, 'input') })),
    ],
    ...(body && { requestBody: { required: Object.values(body.entries).some(isRequired), content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }),
    responses: { 200: { description: 'Done.', content: { 'application/json': { schema: jsonSchema(answer, 'output') } } }, ...failures },
  }
}

/** `:name` and `:name{pattern}` in OpenAPI's form. */
function openApiPath(path: string): string {
  return path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')
}

/** `POST /key/generate` -> `post_key_generate`: stable, and unique as method and path are. */
function operationId(method: string, path: string): string {
  return `${method.toLowerCase()}${openApiPath(path).replaceAll(/[^\w]+/g, '_')}`.replace(/_$/, '')
}

function isRequired(schema: unknown): boolean {
  return !['optional', 'nullish', 'exact_optional', 'undefinedable'].includes((schema as { type: string }).type)
}

function jsonSchema(schema: v.GenericSchema | v.ObjectEntries[string], typeMode: 'input' | 'output'): Json {
  // Checks that JSON Schema has no words for are told by the server's answer.
  const { $schema: _, ...json } = toJsonSchema(schema as v.GenericSchema, { typeMode, errorMode: 'ignore' }) as Json
  return json
}

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code'],
      properties: { message: { type: 'string' }, type: { type: 'string' }, param: { type: ['string', 'null'] }, code: { type: ['string', 'null'] } },
    },
  },
}

const failures: Json = { default: { description: 'What went wrong, in OpenAI\'s error shape.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } } }
