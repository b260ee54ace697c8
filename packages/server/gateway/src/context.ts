import type { CustomerRecord, Party, Principal } from '@tianjillm/auth'
import { addUsage, type CallRecord, type GatewayError, inputTokens, outputTokens, type Usage } from '@tianjillm/core'
import type { Amount, LimitState } from '@tianjillm/limits'
import type { Ask, Candidate, Choice, ModelGroup } from '@tianjillm/router'
import type { Deployment } from './deployment.ts'
import type { Exchange } from './exchange/exchange.ts'
import { needsOf } from './request/needs.ts'
import { noWishes, type Wishes } from './request/wishes.ts'
import type { Conversation } from './responses/conversation.ts'
import type { ResponseState } from './responses/response-view.ts'
import type { CallRoute, PassRoute, StoredRoute } from './route.ts'
import type { Continuation } from './stream/continuation.ts'
import type { TraceStep } from './trace/steps.ts'

/**
 * `hit`: the same question was answered before; `semantic_hit`: one of the same meaning; `collapsed`: somebody asked the
 * same at the same time; `miss`; `bypass`: the cache was not to be asked; `unavailable`: it could not tell.
 */
export type CacheOutcome = 'hit' | 'semantic_hit' | 'collapsed' | 'miss' | 'bypass' | 'unavailable'

const none: readonly never[] = Object.freeze([])
const noBytes = Buffer.alloc(0)
const noFields: Record<string, unknown> = Object.freeze({})

/** Tokens that no call has. */
const MOST_TOKENS = 1e9

/** Of English text, near enough to see that a request is far too long. */
const BYTES_PER_TOKEN = 4

/** What is known of one request on its way. Stages fill it in; settlement reads it; the router is asked with it. */
export class RequestContext<R extends { readonly operation: CallRecord['operation'] } = CallRoute> implements Ask {
  /** The id that callers and logs know: the caller's own, if it sent one. */
  readonly id: string
  /** Ours, and never chosen by a caller: what must happen once is keyed by it. */
  uniqueId: string
  exchange: Exchange
  readonly route: R
  readonly params: Readonly<Record<string, string>>
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  principal: Principal | undefined
  /** The body's bytes, their text, and what they parse to: these stay together. */
  bytes: Buffer = noBytes
  text = ''
  parsed: Record<string, unknown> = noFields
  /** The request as it stands now; guardrails may have put another in place. */
  body: Record<string, unknown> = noFields
  /** What the caller sent, where a stand-in has a body of its own. */
  original: Pick<RequestContext, 'body' | 'parsed' | 'bytes' | 'text'> | undefined
  /** The end user that the request names. */
  endUser: string | undefined
  /** What is known of it. */
  customer: CustomerRecord | undefined
  /** The tags of the key, its team and the request. */
  tags: readonly string[] = none
  /** Those whose limits hold beside the caller's: the end user, the tags. */
  parties: readonly Party<unknown>[] = none
  /** The model that the caller named. */
  model = ''
  stream = false
  showUsage = false
  group: ModelGroup<Deployment> | undefined
  /** The model that answers in place of the one that was asked for. */
  standIn: string | undefined
  /** What the request says of attempts. */
  wishes: Wishes = noWishes
  /** When the call must be answered, with all its attempts (epoch milliseconds). */
  deadlineAt = Number.POSITIVE_INFINITY
  /** The deployment that is called, or that answered. */
  candidate: Candidate<Deployment> | undefined
  /** How it was chosen. */
  choice: Choice<Deployment> | undefined
  /** A deployment is at work, and the router has not heard how it did. */
  calling = false
  /** Deployments that failed in this call. */
  tried: Set<string> | undefined
  /** Deployments whose provider has no budget left for it. */
  closed: Set<string> | undefined
  /** Calls of one session go to one deployment. */
  session: string | undefined
  /** Whose responses the call speaks of; undefined where it speaks of none. */
  conversation: Conversation | undefined
  /** A response of the upstream's that goes on, or went on, without the caller. */
  background: ResponseState | undefined
  /** Attempts at upstreams so far. */
  attempts = 0
  /** Those of them that asked a model group again. */
  retries = 0
  /** Model groups that were asked in place of the first one. */
  fallbacks = 0
  /** Times that the call was reserved anew, for one of them. */
  readmissions = 0
  /** What attempts cost that did not answer the caller. */
  sunkNanoUsd = 0
  /** So much of it the caller's budgets have been told already. */
  toldNanoUsd = 0
  /** What they used, where it is part of the answer: the beginnings of a stream that others continued. */
  sunkUsage: readonly Usage[] | undefined
  /** Tokens of a stream that are in {@link sunkUsage}. */
  continuedTokens = 0
  /** What a stream may be continued from; undefined: it is not to be. */
  continuation: Continuation | undefined
  /** What was decided on the way; undefined while there is nothing to tell. */
  steps: TraceStep[] | undefined
  dropped: string[] = []
  guardrails: NonNullable<CallRecord['guardrails']>[number][] = []
  costNanoUsd: number | undefined
  /** The cost is what was held for the call: the upstream's own count never arrived. */
  costEstimated = false
  /** Where the caller's limits stand, while a reservation is held for this call. */
  limits: readonly LimitState[] | undefined
  /** When the call was admitted (epoch milliseconds); its cost belongs to the budget periods of this moment. */
  admittedAt: number | undefined
  /** The model whose own limits hold for the call. */
  limitModel: string | undefined
  /** Output tokens that one answer may have, where a budget sets that and not the caller. */
  maxOutput: number | undefined
  /** Ids of the reservations that are held for this call. */
  holds: readonly string[] | undefined
  /** The one of them that is held with the provider. */
  providerHold: string | undefined
  /** Reservations for second calls beside the first. */
  hedgeHolds: string[] | undefined
  /** What was reserved at most. */
  reserved: Amount | undefined
  /** How long an answer may be was the caller's word. */
  outputStated = false
  /** Whether the ledger has the call. */
  inLedger = false
  cacheHit = false
  /** The name that the answer is kept under, when it came from the cache or may be kept. */
  cacheKey: string | undefined
  /** What came of asking the cache; undefined: there is none. */
  cacheOutcome: CacheOutcome | undefined
  /** What the cached answer cost its first asker, in nano-USD. */
  savedNanoUsd: number | undefined
  /** How like the nearest question in the cache was, where that was looked for. */
  similarity: number | undefined
  upstreamStartedAt = 0
  upstreamHeadAt = 0
  firstByteAt: number | undefined
  /** When the call was over; set once. */
  endedAt: number | undefined
  /** Status sent to the caller; 499 when it left before. */
  status = 0
  error: GatewayError | undefined
  /** Filled only when a sink needs text. */
  responseText: unknown

  #needs: readonly string[] | undefined
  #usage: Usage | undefined

  constructor(chosenId: string | undefined, uniqueId: string, exchange: Exchange, route: R, params: Readonly<Record<string, string>>, startedAt: number) {
    this.id = chosenId ?? uniqueId
    this.uniqueId = uniqueId
    this.exchange = exchange
    this.route = route
    this.params = params
    this.startedAt = startedAt
  }

  /** Puts a request of ours in place of the caller's. */
  rewrite(body: Record<string, unknown>): void {
    this.body = body
    this.parsed = body
    this.text = JSON.stringify(body)
    this.bytes = Buffer.from(this.text)
  }

  /** Where the end user's calls must be answered. */
  get region(): string | undefined {
    return this.customer?.allowedModelRegion ?? undefined
  }

  /** What the model must be capable of. Read off the request when it is first asked for. */
  get needs(): readonly string[] {
    return (this.#needs ??= needsOf(this.body))
  }

  /** Tokens of the request, by its bytes; 0 where images or sounds stand among them. */
  inputTokens(): number {
    const needs = this.needs
    return needs.includes('vision') || needs.includes('audio_input') || needs.includes('pdf_input') ? 0 : Math.ceil(this.bytes.length / BYTES_PER_TOKEN)
  }

  /** What the attempt at hand used, once it is known. */
  get usage(): Usage | undefined {
    return this.#usage
  }

  /** Counts that cannot be are none: one such would spoil budgets and ledger for good. */
  set usage(counted: Usage | undefined) {
    this.#usage = counted && inputTokens(counted) + outputTokens(counted) <= MOST_TOKENS ? counted : undefined
  }

  /** Writes a decision into the trace. */
  note(step: TraceStep): void {
    ;(this.steps ??= []).push(step)
  }

  /** All that the answer used, over every deployment that had a part in it. */
  get wholeUsage(): Usage | undefined {
    const { usage, sunkUsage } = this
    if (!sunkUsage) return usage
    return [...sunkUsage, ...(usage ? [usage] : [])].reduce(addUsage)
  }

  /** The model that answers bear: the one that was asked for, unless another one stands in. */
  get shownModel(): string {
    return this.standIn ?? this.model
  }
}

/** Of any call, whatever answers it. */
export type AnyContext = RequestContext<CallRoute | PassRoute | StoredRoute>
