import { PASS_FIELD, type PassGuardrail } from '@tianjillm/gateway'
import * as v from 'valibot'
import { patch } from '../fields.ts'

/** RFC 9110 5.1 and 5.5; what is about the connection is this proxy's own. */
const headerName = v.pipe(v.string(), v.regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'must be a header name'), v.check((name) => !/^(?:host|connection|content-length|transfer-encoding|keep-alive|te|trailer|upgrade|proxy-.*|expect)$/i.test(name), 'is a header of the connection, which is not set here'), v.transform((name) => name.toLowerCase()))
const headerValue = v.pipe(v.union([v.string(), v.number(), v.boolean()], 'must be a text'), v.transform(String), v.regex(/^[\t\u0020-\u007e\u0080-\u00ff]{0,8192}$/, 'must be the text of one header'))
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const path = v.pipe(
  v.string(), v.regex(/^\/[\w\-.~%!$&'()+,;=:@/]{1,300}$/, 'must be a path such as /v1/rerank'),
  v.transform((text) => text.replace(/(?<=.)\/+$/, '')), v.check((text) => text.slice(1).split('/').every((segment) => segment !== '' && !/^\.\.?$/.test(segment) && !segment.includes('%')), 'must be a plain path: no empty, dotted or encoded segments'),
)
const target = v.pipe(v.string(), v.maxLength(2000, 'is too long'), v.check((text) => isTarget(text), 'must be an http or https URL without user, password and fragment'))

const field = v.pipe(v.string(), v.maxLength(300, 'is too long'), v.regex(PASS_FIELD, 'must be a field such as `query` or `documents[*].text`'))
const guarded = v.strictObject({ request_fields: patch(v.pipe(v.array(field), v.minLength(1, 'must name at least one'))), response_fields: patch(v.pipe(v.array(field), v.minLength(1, 'must name at least one'))) })
const guardrailName = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(200, 'is too long'))
/** Those that look at an endpoint's calls: a list of names, or names with the fields that they look at. */
const guardrails = v.union([v.array(guardrailName), v.record(guardrailName, v.nullable(guarded))], 'must be a list of guardrails, or guardrails with their `request_fields` and `response_fields`')

/** The fields of an endpoint, LiteLLM's (`PassThroughGenericEndpoint`), and `forward_headers` of its config file. USD. */
const entries = {
  id: patch(v.pipe(v.string(), v.regex(/^[\w.:-]{1,100}$/, 'must be letters, digits, and . : - _'))),
  include_subpath: patch(v.boolean()),
  forward_headers: patch(v.boolean()),
  auth: patch(v.boolean()),
  cost_per_request: patch(v.pipe(v.number(), v.finite('must be finite'), v.minValue(0, 'must not be negative'), v.maxValue(1_000_000, 'must be at most 1,000,000 USD'))),
  methods: patch(v.pipe(v.array(v.picklist(methods, `must be one of ${methods.join(', ')}`)), v.minLength(1, 'must name at least one'))),
  guardrails: patch(guardrails),
}

const paramName = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(200, 'is too long'))
const paramValue = v.pipe(v.union([v.string(), v.number(), v.boolean()], 'must be a text'), v.transform(String))

/** A new endpoint, and one of the config file. */
export const passThroughFields = v.strictObject({ ...entries, path, target, headers: patch(v.record(headerName, headerValue)), default_query_params: patch(v.record(paramName, paramValue)) })
/** Changes of one. */
export const passThroughChanges = v.strictObject({ ...entries, path: v.optional(path), target: v.optional(target), headers: patch(v.record(headerName, v.nullable(headerValue))), default_query_params: patch(v.record(paramName, v.nullable(paramValue))) })
/** An endpoint as it is kept, and as the config file says it. */
export type PassThroughFields = v.InferOutput<typeof passThroughFields>

/** An endpoint's guardrails as the gateway knows them. */
export function passGuardrails({ guardrails: named }: Pick<PassThroughFields, 'guardrails'>): readonly PassGuardrail[] {
  if (Array.isArray(named)) return named.map((name: string) => ({ name }))
  return Object.entries(named ?? {}).map(([name, fields]) => ({ name, ...(fields?.request_fields && { requestFields: fields.request_fields }), ...(fields?.response_fields && { responseFields: fields.response_fields }) }))
}

/** What is used where an endpoint does not say which. */
export const allMethods: readonly string[] = methods

function isTarget(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' && url.hash === ''
}
