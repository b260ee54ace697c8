import { type AdapterOf, asGatewayError, type Clock, type Http, inputTokens, type Operation, outputTokens, type Usage } from '@tianjillm/core'
import type { Deployment } from '@tianjillm/gateway'
import { callAdapter } from '@tianjillm/provider-kit'
import { isPattern } from '@tianjillm/router'
import { costOf, type Ledger } from '@tianjillm/spend'
import { providerOf } from '../compose/provider-of.ts'

/** Whose name calls bear that are made to look after deployments (LiteLLM's), in the ledger. */
export const HEALTH_CHECK = 'litellm-internal-health-check'

/** What came of a probe. */
export interface Probed {
  readonly error?: string
  readonly errorStatus?: number
  readonly responseMs: number
}

export interface ProbeOptions {
  readonly http: Http
  readonly clock: Clock
  /** Absent: what a probe costs is written nowhere. */
  readonly ledger: Ledger | undefined
}

const TIMEOUT_MS = 60_000
const MOST_CHARS = 500
/** Enough for models that think before they answer to say something. */
const MOST_TOKENS = 16

/** A call that costs next to nothing, by LiteLLM's modes. Modes that are not here are dear, or need a file. */
const calls: Readonly<Record<string, { readonly operation: Operation; readonly input: (mostTokens: number) => object }>> = {
  chat: { operation: 'chat', input: (most) => ({ messages: [{ role: 'user', content: 'What is 1 + 1?' }], max_completion_tokens: most }) },
  completion: { operation: 'completions', input: (most) => ({ prompt: '1 + 1 =', max_tokens: most }) },
  responses: { operation: 'responses', input: (most) => ({ input: 'What is 1 + 1?', max_output_tokens: most, store: false }) },
  embedding: { operation: 'embeddings', input: () => ({ input: ['health check'] }) },
  moderation: { operation: 'moderations', input: () => ({ input: 'health check' }) },
  rerank: { operation: 'rerank', input: () => ({ query: 'health', documents: ['health check'] }) },
}

/** How to call a deployment to see whether it answers; undefined: not at all. @param info its `model_info` */
export function probeOf(deployment: Deployment, info: Readonly<Record<string, unknown>>, options: ProbeOptions): (() => Promise<Probed>) | undefined {
  const chosen = calls[typeof info['mode'] === 'string' ? info['mode'] : 'chat']
  const adapter = chosen && (deployment.provider.adapters[chosen.operation] as AdapterOf<Operation> | undefined)
  const model = modelOf(deployment, info)
  if (!adapter || model === undefined || deployment.mockResponse !== undefined) return undefined
  const mostTokens = typeof info['health_check_max_tokens'] === 'number' ? info['health_check_max_tokens'] : MOST_TOKENS
  const own = info['health_check_params']
  const input = { ...deployment.defaults, model, ...chosen.input(mostTokens), ...(typeof own === 'object' && own !== null && own) }
  const seconds = info['health_check_timeout']
  const total = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : TIMEOUT_MS
  return () => run(deployment, chosen.operation, adapter, model, input, total, options)
}

/** `health_check_model` stands for a pattern, which is no model. */
function modelOf({ model }: Deployment, { health_check_model: named }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof named === 'string' && named !== '') return providerOf(named, undefined)?.model ?? named
  return isPattern(model) ? undefined : model
}

async function run(deployment: Deployment, operation: Operation, adapter: AdapterOf<Operation>, model: string, input: object, total: number, { http, clock, ledger }: ProbeOptions): Promise<Probed> {
  const timeouts = { total, headers: total }
  const timed: Http = { open: (request, handler) => http.open({ ...request, timeouts }, handler), send: (request, more) => http.send({ ...request, timeouts }, more) }
  const startedAt = clock.now()
  const began = clock.monotonic()
  const responseMs = (): number => Math.round(clock.monotonic() - began)
  try {
    const { usage } = await callAdapter({ operation, adapter: adapter as never, input: input as never, http: timed, model, trust: deployment.trust, dropParams: true })
    ledger?.append({ ...entryOf(deployment, operation, startedAt, clock.now(), usage), status: 'success' })
    return { responseMs: responseMs() }
  } catch (thrown) {
    const error = asGatewayError(thrown)
    ledger?.append({ ...entryOf(deployment, operation, startedAt, clock.now(), undefined), status: 'failure', errorCode: error.code })
    return { error: error.message.slice(0, MOST_CHARS), errorStatus: error.status, responseMs: responseMs() }
  }
}

function entryOf(deployment: Deployment, operation: Operation, startedAt: number, endedAt: number, usage: Usage | undefined) {
  const { prices, apiBase } = deployment
  const said = usage && inputTokens(usage) + outputTokens(usage) > 0 ? usage : undefined
  return {
    id: crypto.randomUUID(), operation, stream: false, startedAt, endedAt, model: deployment.modelName, modelGroup: deployment.modelName, deploymentId: deployment.id, provider: deployment.providerName,
    ...(apiBase !== undefined && { apiBase }), keyHash: HEALTH_CHECK, tags: [HEALTH_CHECK], cacheHit: false, attempts: 1,
    ...(said && { usage: said, ...(prices && { costNanoUsd: costOf(said, prices, { at: startedAt, seconds: (endedAt - startedAt) / 1000 }), ...(prices.version !== undefined && { priceVersion: prices.version }) }) }),
  }
}
