import type { CustomerRecord, Party, Principal } from '@tianjillm/auth'
import type { CallRecord, GatewayError, Usage } from '@tianjillm/core'
import type { Amount, LimitState } from '@tianjillm/limits'
import type { Candidate, ModelGroup } from '@tianjillm/router'
import type { Deployment } from './deployment.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { CallRoute } from './route.ts'

const none: readonly never[] = Object.freeze([])
const noBytes = Buffer.alloc(0)
const noFields: Record<string, unknown> = Object.freeze({})

/** What is known of one request on its way. Stages fill it in; settlement reads it. */
export class RequestContext {
  /** The id that callers and logs know: the caller's own, if it sent one. */
  readonly id: string
  /** Ours, and never chosen by a caller: what must happen once is keyed by it. */
  readonly uniqueId: string
  readonly exchange: Exchange
  readonly route: CallRoute
  readonly params: Readonly<Record<string, string>>
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  principal: Principal | undefined
  /** The body's bytes, and what they parse to: these two stay together. */
  bytes: Buffer = noBytes
  parsed: Record<string, unknown> = noFields
  /** The request as it stands now; guardrails may have put another in place. */
  body: Record<string, unknown> = noFields
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
  candidate: Candidate<Deployment> | undefined
  /** Attempts at upstreams so far. */
  attempts = 0
  dropped: string[] = []
  guardrails: NonNullable<CallRecord['guardrails']>[number][] = []
  usage: Usage | undefined
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
  /** What was reserved at most. */
  reserved: Amount | undefined
  /** How long an answer may be was the caller's word. */
  outputStated = false
  /** Whether the ledger has the call. */
  inLedger = false
  cacheHit = false
  cacheKey: string | undefined
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

  constructor(chosenId: string | undefined, uniqueId: string, exchange: Exchange, route: CallRoute, params: Readonly<Record<string, string>>, startedAt: number) {
    this.id = chosenId ?? uniqueId
    this.uniqueId = uniqueId
    this.exchange = exchange
    this.route = route
    this.params = params
    this.startedAt = startedAt
  }

  /** The model that answers bear: the one that was asked for, unless another one stands in. */
  get shownModel(): string {
    return this.standIn ?? this.model
  }
}
