import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { metadata, names, patch } from '../fields.ts'

const endpoint = v.looseObject({})
/** LiteLLM's fields, so that its clients are told that there is no such thing, and not that a field is wrong. */
const body = v.strictObject({
  id: patch(v.string()), path: patch(v.string()), target: patch(v.string()), headers: patch(metadata), include_subpath: patch(v.boolean()), cost_per_request: patch(v.number()), auth: patch(v.boolean()),
  default_query_params: patch(metadata), guardrails: patch(metadata), methods: patch(names),
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
