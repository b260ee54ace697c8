import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'

const endpoint = v.looseObject({})
const text = v.optional(v.nullable(v.string()))
const object = v.optional(v.nullable(v.record(v.string(), v.unknown(), 'must be an object')))
/** LiteLLM's fields, so that its clients are told what is the matter and not that a field is unknown. */
const body = v.strictObject({
  id: text, path: text, target: text, headers: object, default_query_params: object, guardrails: object,
  include_subpath: v.optional(v.nullable(v.boolean())), auth: v.optional(v.nullable(v.boolean())), cost_per_request: v.optional(v.nullable(v.number())), methods: v.optional(v.nullable(v.array(v.string()))),
})
const search = v.object({ endpoint_id: v.optional(v.string()) })

/** `/config/pass_through_endpoint`: this version passes no paths of an operator's own through, so it keeps none either. */
export function passThroughRoutes(): readonly DocumentedRoute[] {
  const common = { paths: ['/config/pass_through_endpoint'], permission: 'config:write', tag: 'Settings' } as const
  const refuse = (): never => {
    throw new GatewayError('unsupported_operation', 'This version passes no paths of your own through to other services, so it does not keep such endpoints.', { param: 'path' })
  }
  return [
    defineRoute({ ...common, method: 'GET', permission: 'config:read', summary: 'The pass-through endpoints: none, as this version has no such thing.', search, answer: v.object({ endpoints: v.array(endpoint) }), handle: () => ({ endpoints: [] }) }),
    defineRoute({ ...common, method: 'POST', summary: 'Refused: this version has no pass-through endpoints.', body, answer: endpoint, handle: refuse }),
    defineRoute({ ...common, method: 'PUT', summary: 'Refused: this version has no pass-through endpoints.', body, answer: endpoint, handle: refuse }),
    defineRoute({ ...common, method: 'DELETE', summary: 'Refused: this version has no pass-through endpoints.', search, answer: endpoint, handle: refuse }),
  ]
}
