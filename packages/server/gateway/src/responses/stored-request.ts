import type { AdapterOf, Call, HttpRequest, StoredPart, UpstreamRequest } from '@tianjillm/core'
import type { Deployment } from '../deployment.ts'

/** What an adapter is told of a call for an answer that is kept: there is no model, and nothing to drop. */
export function storedCall(id: string, stream: boolean, createdAt: number): Call {
  return { id, model: '', stream, created: Math.floor(createdAt / 1000), drop() {} }
}

/** A request for an answer that the deployment's upstream keeps; undefined: it keeps none. @param query what follows the `?` */
export function storedRequest(deployment: Deployment, id: string, part: StoredPart, { method, query = '', call }: { readonly method: 'GET' | 'POST' | 'DELETE'; readonly query?: string; readonly call: Call }): HttpRequest | Promise<HttpRequest> | undefined {
  const adapter = deployment.provider.adapters.responses as AdapterOf<'responses'> | undefined
  if (!adapter?.stored) return undefined
  const { url, ...rest } = adapter.stored(id, part)
  const request: UpstreamRequest = { ...rest, url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`, method, body: '' }
  const own = { timeouts: call.stream ? deployment.streamTimeouts : deployment.timeouts, trust: deployment.trust }
  const send = ({ body, ...signed }: UpstreamRequest): HttpRequest => ({ ...signed, ...own, ...(body.length > 0 && { body }) })
  const signed = adapter.authorize ? adapter.authorize(request, call) : request
  return signed instanceof Promise ? signed.then(send) : send(signed)
}
