import type { Authenticator } from '@tianjillm/auth'
import type { AnswerCache, Entry, GuardStats, Scope, SingleFlight } from '@tianjillm/cache'
import type { Cache, CallRecord, Callback, Clock, Guardrail, Http, Log, Operation } from '@tianjillm/core'
import type { Router } from '@tianjillm/router'
import type { ClientAddresses } from './addresses/client-addresses.ts'
import type { Resilience } from './attempts/resilience.ts'
import type { Limiter } from './limits/limiter.ts'
import type { Naming } from './request/named-parties.ts'
import type { Affinity } from './request/session.ts'
import type { Parties } from './stages/parties.ts'
import type { Ledger } from '@tianjillm/spend'
import type { TraceStore } from './trace/trace-store.ts'
import type { Deployment } from './deployment.ts'
import type { OwnedIds } from './owned/owned-ids.ts'
import type { OpenCalls } from './responses/open-call.ts'
import type { PassThrough } from './pass/pass-through.ts'

/** A guardrail in place: which one, where it runs, what its failure means. */
export interface GuardrailBinding {
  readonly name: string
  readonly guardrail: Guardrail
  readonly on: readonly ('input' | 'output')[]
  /** Runs without being asked for by the request's `guardrails` field. */
  readonly defaultOn: boolean
  /** When the guardrail could not tell: refuse (`closed`, default) or let pass (`open`). */
  readonly onError: 'closed' | 'open'
  /** Milliseconds that one check may take. */
  readonly timeoutMs: number
}

/** The answer cache in place. */
export interface CacheBinding {
  /** What the operator calls it: the plugin's name. */
  readonly type: string
  /** The store, for operators: guarded, as the answers' one. */
  readonly cache: Cache
  readonly answers: AnswerCache
  /** Who of those who ask the same at the same time calls the model; absent: all do. */
  readonly flights?: SingleFlight<Entry>
  /** Who shares answers with whom. */
  readonly scope: Scope
  /** Whether every request is answered from it that does not object, or only those that say `use-cache`. */
  readonly byDefault: boolean
  /** Kinds of call whose answers are kept; absent: all that can be. */
  readonly operations?: ReadonlySet<Operation>
  /** Answers to questions of the same meaning; absent: only to the same. */
  readonly similar?: SimilarBinding
  /** How the store did so far. */
  readonly stats?: () => GuardStats
}

/** How questions are compared by their meaning. */
export interface SimilarBinding {
  /** The model of this gateway that makes the vectors. */
  readonly model: string
  /** Milliseconds that making one may take. */
  readonly timeoutMs: number
}

/** A callback in place, and which outcomes it hears of. */
export interface CallbackBinding {
  readonly name: string
  readonly callback: Callback
  readonly hears: (record: CallRecord) => boolean
}

/** Limits that hold for every request. */
export interface GatewayLimits {
  /** Bytes of a request body. */
  readonly maxBodyBytes: number
  /** Milliseconds for a request body to arrive. */
  readonly bodyTimeoutMs: number
  /** Bytes of an upstream's whole answer. */
  readonly maxReplyBytes: number
  /** Requests in flight; undefined: no limit. */
  readonly maxParallel?: number
}

/**
 * Everything a request is handled with. Immutable: a change of configuration makes a new one, and
 * requests in flight finish with the one they began with.
 */
export interface Settings {
  readonly authenticator: Authenticator
  readonly router: Router<Deployment>
  /** What becomes of calls whose upstream fails; absent: the first failure is the answer. */
  readonly resilience?: Resilience
  /** Whose calls stay with one deployment; absent: nobody's. */
  readonly affinity?: Affinity
  /** Ids of what upstreams keep for callers; absent: ones that end with the process. */
  readonly ownedIds?: OwnedIds
  /** Where calls are written down that go on without their callers; absent: a kill of the process loses them. */
  readonly openCalls?: OpenCalls
  /** Requests may go on from responses and conversations that this gateway did not hand out: whose they are, nobody can tell. */
  readonly unmanagedIds?: boolean
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  /** Where the decisions of calls are kept for a while; absent: nowhere. */
  readonly traces?: TraceStore
  /** Writes the line of a finished request, given as the inside of a JSON object; absent: it goes to `log`. */
  readonly requestLog?: (members: string, at: number) => void
  readonly callbacks: readonly CallbackBinding[]
  /** Where settled calls are written down; absent: nowhere. */
  readonly ledger?: Ledger
  readonly guardrails: readonly GuardrailBinding[]
  readonly cache?: CacheBinding
  readonly limits: GatewayLimits
  /** Limits and budgets of callers; absent: nobody has any. */
  readonly limiter?: Limiter
  /** Where end users and tags are known; absent: they have neither records nor limits. */
  readonly parties?: Parties
  /** How requests may name end users and tags. */
  readonly naming?: Naming
  /** Drop fields that a provider does not know, for all deployments. */
  readonly dropParams: boolean
  /** Lower-case name of a header that carries the key, asked first. */
  readonly keyHeader?: string
  /** Where calls may come from; absent: from everywhere, and the connection tells from where. */
  readonly addresses?: ClientAddresses
  /** Paths of the operator's own; absent: there are none. */
  readonly passThrough?: PassThrough
  /** Whether sinks may see texts (`turn_off_message_logging` unset). */
  readonly captureText: boolean
}
