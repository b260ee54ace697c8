import type { HttpHeaders } from '@tianjillm/core'
import { toUsd } from '@tianjillm/spend'
import type { AnyContext } from '../context.ts'
import { addLimitHeaders } from '../limits/limit-headers.ts'
import { traceLine } from '../trace/trace-header.ts'

/** Provider headers that go to the client under their own name. */
const kept = new Set(['retry-after', 'x-ratelimit-limit-requests', 'x-ratelimit-limit-tokens', 'x-ratelimit-remaining-requests', 'x-ratelimit-remaining-tokens', 'x-ratelimit-reset-requests', 'x-ratelimit-reset-tokens'])

/** Provider headers that are about the connection or the provider's site, not the answer. */
const hidden = new Set(['connection', 'content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'keep-alive', 'date', 'server', 'set-cookie', 'strict-transport-security', 'alt-svc', 'nel', 'report-to', 'via', 'vary', 'trailer', 'upgrade'])

/** LiteLLM's response headers, as a flat list of names and values. */
export function answerHeaders(ctx: AnyContext, contentType: string, upstream: HttpHeaders | undefined, now: number): string[] {
  const headers = ['content-type', contentType, 'x-litellm-call-id', ctx.id]
  const deployment = ctx.candidate?.deployment
  if (deployment) {
    headers.push('x-litellm-model-id', deployment.id, 'x-litellm-model-group', safe(ctx.shownModel))
    if (deployment.apiBase !== undefined) headers.push('x-litellm-model-api-base', safe(deployment.apiBase))
  }
  pushAttempts(headers, ctx)
  if (ctx.costNanoUsd !== undefined) headers.push('x-litellm-response-cost', String(toUsd(ctx.costNanoUsd)))
  if (ctx.cacheOutcome !== undefined) pushCacheHeaders(headers, ctx)
  if (ctx.dropped.length > 0) headers.push('x-tianjillm-dropped-params', safe(ctx.dropped.join(',')))
  if (ctx.maxOutput !== undefined && !ctx.cacheHit) headers.push('x-tianjillm-max-output-tokens', String(ctx.maxOutput))
  if (ctx.guardrails.length > 0) headers.push('x-litellm-applied-guardrails', safe([...new Set(ctx.guardrails.map(({ name }) => name))].join(',')))
  const limited = ctx.limits !== undefined && addLimitHeaders(headers, ctx.limits, ctx.costNanoUsd ?? 0, now)
  const duration = now - ctx.startedAt
  headers.push('x-litellm-response-duration-ms', milliseconds(duration))
  if (ctx.upstreamHeadAt > 0) headers.push('x-litellm-overhead-duration-ms', milliseconds(Math.max(0, duration - (ctx.upstreamHeadAt - ctx.upstreamStartedAt))))
  if (upstream) copyProviderHeaders(headers, upstream, limited)
  return headers
}

/** What an error tells of the call, for the caller to see what was tried. */
export function errorHeaders(ctx: AnyContext): string[] {
  const headers = ['x-litellm-call-id', ctx.id]
  pushAttempts(headers, ctx)
  return headers
}

function pushAttempts(headers: string[], ctx: AnyContext): void {
  if (ctx.attempts > 0) headers.push('x-litellm-attempted-retries', String(ctx.retries))
  if (ctx.fallbacks > 0) headers.push('x-litellm-attempted-fallbacks', String(ctx.fallbacks))
  if (ctx.wishes.trace) headers.push('x-tianjillm-trace', safe(traceLine(ctx), LONGEST_TRACE))
}

/** The key also when the answer is only now kept: who wants it out of the cache must be able to name it. */
function pushCacheHeaders(headers: string[], { cacheKey, cacheHit, similarity, savedNanoUsd }: AnyContext): void {
  if (cacheKey !== undefined) headers.push('x-litellm-cache-key', cacheKey, 'x-litellm-cache-hit', cacheHit ? 'True' : 'False')
  if (similarity !== undefined) headers.push('x-litellm-semantic-similarity', similarity.toFixed(4))
  if (savedNanoUsd !== undefined) headers.push('x-tianjillm-saved-cost', String(toUsd(savedNanoUsd)))
}

const LONGEST_TRACE = 2048

/** With one decimal, as LiteLLM writes them. */
function milliseconds(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : value.toFixed(1)
}

/** Where our own limits are told, the provider's go by another name. */
function copyProviderHeaders(headers: string[], upstream: HttpHeaders, limited: boolean): void {
  for (const name in upstream) {
    const value = upstream[name]
    if (hidden.has(name) || typeof value !== 'string') continue
    const ours = kept.has(name) && !(limited && name.startsWith('x-ratelimit-'))
    headers.push(ours ? name : `llm_provider-${name}`, unsendable.test(value) ? safe(value) : value)
  }
}

/** What may not stand in a header value: RFC 9110 5.5, with the old Latin-1 text allowed. */
const unsendable = /[^\t\u0020-\u007e\u0080-\u00ff]/

/** Callers' text in a header: control and non-Latin characters would break the header block. */
function safe(text: string, longest = 500): string {
  return text.length <= longest && !unsafe.test(text) ? text : text.slice(0, longest).replaceAll(/[^\u0020-\u007e]/g, '?')
}

const unsafe = /[^\u0020-\u007e]/
