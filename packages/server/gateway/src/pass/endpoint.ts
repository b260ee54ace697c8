import type { ModelGroup } from '@tianjillm/router'
import type { Credential, HttpTimeouts } from '@tianjillm/core'
import type { Deployment } from '../deployment.ts'
import { createGuards, type PassGuard, type PassGuardrail } from './guard-pass.ts'

/** A path of the operator's own, and where its calls go. Immutable. */
export interface PassThroughOptions {
  /** Shown in records. */
  readonly id: string
  /** Where callers find it: `/v1/rerank`. */
  readonly path: string
  /** Where its calls go: an `http:` or `https:` URL. */
  readonly target: string
  /** Whose word the target is; see `HttpRequest.trust`. */
  readonly trust: 'operator' | 'checked'
  /** Sent with each call, by lower-case name; they win over the caller's. */
  readonly headers: Readonly<Record<string, string>>
  /** What stands in the target's query unless the caller says otherwise. */
  readonly query: Readonly<Record<string, string>>
  /** Whether paths below go to the same below the target. */
  readonly subpaths: boolean
  /** Whether all headers of the caller go on, and not only those that describe the body. Its key never does. */
  readonly forwardsHeaders: boolean
  /** Whether a key is asked for. */
  readonly authenticated: boolean
  readonly methods: readonly string[]
  /** Those that look at its calls; no others do. */
  readonly guardrails: readonly PassGuardrail[]
  /** Nano-USD of a call that the service answered. */
  readonly costNanoUsd: number
}

/** An endpoint as calls meet it: what can be made once is made. */
export interface PassEndpoint {
  readonly options: PassThroughOptions
  readonly target: URL
  /** What the configured headers are bound to. */
  readonly credential: Credential
  readonly timeouts: HttpTimeouts
  readonly guards: readonly PassGuard[]
  /** Limits, prices and records see it as a model group of one deployment. */
  readonly group: ModelGroup<Deployment>
}

/** The service may think for as long as a model does, and then write for as long as it likes. */
const timeouts: HttpTimeouts = Object.freeze({ headers: 600_000, idle: 600_000, total: 0 })

/** What ledger and records call the provider of such calls. */
const PROVIDER = 'pass_through'

export function createEndpoint(options: PassThroughOptions): PassEndpoint {
  const target = new URL(options.target)
  const deployment: Deployment = {
    id: options.id, modelName: options.path, model: options.path, providerName: PROVIDER, provider: { adapters: {} }, trust: options.trust, timeouts, streamTimeouts: timeouts, dropParams: false,
    prices: { input: 0, output: 0, perRequest: options.costNanoUsd }, apiBase: `${target.origin}${target.pathname}`,
  }
  return { options, target, credential: { hosts: [target.host], headers: options.headers }, timeouts, guards: createGuards(options.guardrails), group: { name: options.path, accessGroups: [], candidates: [{ deployment, model: options.path }] } }
}
