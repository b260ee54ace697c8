import { asGatewayError, type GatewayError } from '@tianjillm/core'
import { type Choice, type ErrorClass, errorClass, fallbacksFor, type RetryPolicy, retryWait } from '@tianjillm/router'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { Standby } from '../request/standbys.ts'
import type { Settings } from '../settings.ts'
import { StreamReply } from '../stream/stream-reply.ts'
import { attempt } from './attempt.ts'
import { abandonAttempt, endAttempt } from './end-attempt.ts'
import { nextOrder } from './next-order.ts'
import { prepareToGoOn } from './go-on.ts'
import { pause } from './pause.ts'
import type { Resilience } from './resilience.ts'
import { standIn } from './stand-in.ts'

/** Deployments that may go on with one stream. */
const MOST_CONTINUED = 3

/**
 * What follows when an upstream failed before the caller got a byte: the same model group again (another deployment
 * at once, the same one after a wait), then the groups that stand in for it, until the deadline. After the first byte a
 * stream goes on with another deployment where that was asked for.
 *
 * States: in a group -> (retry in it | the next stand-in) -> answered, or the first group's error;
 * answering -> broken -> (answering, by another | told).
 */
export class Recovery {
  readonly #ctx: RequestContext
  readonly #settings: Settings
  readonly #resilience: Resilience
  /** Of the group that the caller asked for: what it is told in the end. */
  #first: GatewayError | undefined
  /** Retries in the current group. */
  #retried: number
  /** Groups that were asked, by their name, and stand-ins that wait their turn. */
  readonly #asked = new Set<string>()
  #waiting: readonly Standby[] = []
  #ownListUsed = false
  /** Times that a stream went on with another deployment. */
  #continued = 0
  /** What the next attempt calls, where that is known. */
  #choice: Choice<Deployment> | undefined

  /** @param retried retries that the group had already */
  constructor(ctx: RequestContext, settings: Settings, resilience: Resilience, retried = 0) {
    this.#retried = retried
    this.#ctx = ctx
    this.#settings = settings
    this.#resilience = resilience
  }

  /** Resolves when some deployment has answered, or when the caller was told of a break. @throws the first group's error, or one that nobody else would answer */
  async run(thrown: unknown): Promise<void> {
    const ctx = this.#ctx
    let error = asGatewayError(thrown)
    for (;;) {
      endAttempt(ctx, this.#settings, error)
      if (ctx.exchange.started) {
        if (!(await this.#goOn(error))) return
      } else if (!(await this.#again(error))) throw this.#first ?? error
      const choice = this.#choice
      this.#choice = undefined
      try {
        await attempt(ctx, this.#settings, choice)
        return
      } catch (next) {
        error = asGatewayError(next)
      }
    }
  }

  /** Another attempt, before the caller got a byte. @throws what no other attempt would end better */
  async #again(error: GatewayError): Promise<boolean> {
    const ctx = this.#ctx
    const failed = this.#classOf(error)
    if (failed === undefined) throw error
    if (!ctx.standIn) this.#first = error
    return (await this.#retry(error, failed)) || this.#fallBack(failed)
  }

  /** A stream that broke goes on with another deployment, after a mark; else the caller is told, and that is the end. */
  async #goOn(error: GatewayError): Promise<boolean> {
    const ctx = this.#ctx
    const { continuation, exchange } = ctx
    if (!continuation) throw error
    const failed = exchange.gone ? undefined : errorClass(error)
    const broken = ctx.candidate?.deployment.id ?? ''
    if (failed !== undefined && continuation.possible && this.#left() > 0 && this.#continued < MOST_CONTINUED && (await prepareToGoOn(ctx, this.#settings, error))) {
      this.#continued += 1
      const next = this.#settings.router.choose(ctx.group!, ctx)
      if (next.candidate) this.#choice = next
      if (next.candidate || (await this.#fallBack(failed))) {
        ctx.upstreamStartedAt = 0
        exchange.write(ctx.route.codec.encodeChunk(continuation.marker(ctx.shownModel, broken, error.code) as never, ctx.showUsage))
        return true
      }
    }
    continuation.sink?.close()
    if (exchange.gone) throw error
    new StreamReply(ctx, this.#settings).fail(error)
    return false
  }

  /** Undefined: no other attempt would end better, or it is too late for one. */
  #classOf(error: GatewayError): ErrorClass | undefined {
    const { exchange } = this.#ctx
    if (exchange.gone) return undefined
    // Before an attempt a budget is refused only by providers; those of callers are asked for at the door.
    if (error.code === 'budget_exceeded') return 'no_deployment'
    if (error.code === 'unsupported_operation' || error.code === 'unsupported_parameter') return 'bad_request'
    return errorClass(error)
  }

  async #retry(error: GatewayError, failed: ErrorClass): Promise<boolean> {
    const ctx = this.#ctx
    const { router } = this.#settings
    const next = failed === 'no_deployment' ? undefined : router.choose(ctx.group!, ctx)
    const another = next?.candidate !== undefined
    const policy = this.#policy()
    const { maxWaitMs = 8000 } = policy
    const retryAfterMs = error.retryAfter === undefined ? undefined : error.retryAfter * 1000
    const wait = retryWait({ policy, failed, retried: this.#retried, another, leftMs: this.#left(), random: this.#resilience.random ?? Math.random, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    if (wait === undefined) return this.#descend(failed)
    // A stand-in answers sooner than a deployment that asks for a long pause, or a group that is closed.
    if ((wait > maxWaitMs || (failed === 'no_deployment' && wait > 0)) && this.#nextStandIns(failed).length > 0) return false
    abandonAttempt(ctx, this.#settings)
    this.#retried += 1
    ctx.retries += 1
    if (another) this.#choice = next
    else ctx.tried = undefined
    if (wait > 0) {
      ctx.note({ step: 'retry', at: this.#at(), waitMs: Math.round(wait) })
      await pause(ctx, this.#settings.clock, wait)
    }
    return true
  }

  /** Every order of deployments is asked before the fallbacks, as in LiteLLM, and begins with retries of its own. */
  #descend(failed: ErrorClass): boolean {
    const ctx = this.#ctx
    if (retryWait({ policy: { retries: 1 }, failed, retried: 0, another: true, leftMs: this.#left(), random: Math.random }) === undefined) return false
    const next = nextOrder(ctx, this.#settings.router)
    if (!next) return false
    abandonAttempt(ctx, this.#settings)
    this.#choice = next
    this.#retried = 0
    ctx.retries += 1
    return true
  }

  async #fallBack(failed: ErrorClass): Promise<boolean> {
    const ctx = this.#ctx
    const { exchange } = ctx
    const { fallbacks } = this.#resilience
    this.#waiting = this.#nextStandIns(failed)
    this.#ownListUsed = true
    const from = ctx.standIn ?? ctx.model
    this.#asked.add(from)
    while (this.#waiting.length > 0 && ctx.fallbacks < fallbacks.max && this.#left() > 0) {
      const [next, ...rest] = this.#waiting as readonly [Standby, ...Standby[]]
      this.#waiting = rest
      if (this.#asked.has(next.model)) continue
      this.#asked.add(next.model)
      if (!exchange.started) abandonAttempt(ctx, this.#settings)
      const refused = await standIn(ctx, this.#settings, next)
      ctx.note({ step: 'fallback', at: this.#at(), from, to: next.model, because: failed, ...(refused !== undefined && { refused }) })
      if (refused !== undefined) continue
      ctx.fallbacks += 1
      this.#retried = 0
      return true
    }
    return false
  }

  /** The request's own list, once; else the operator's for the group, before those that wait already. */
  #nextStandIns(failed: ErrorClass): readonly Standby[] {
    const { wishes, group, model, standIn: name, principal, conversation } = this.#ctx
    // Nobody else knows the conversation that the request goes on with.
    if (conversation?.named) return []
    if (wishes.noFallbacks || principal?.key?.metadata['disable_fallbacks'] === true) return []
    if (wishes.fallbacks) return this.#ownListUsed ? this.#waiting : wishes.fallbacks
    const listed = fallbacksFor(this.#resilience.fallbacks, [name ?? model, group!.name], failed)
    return [...listed.map((one) => ({ model: one })), ...this.#waiting].filter((one) => !this.#asked.has(one.model))
  }

  #policy(): RetryPolicy {
    const { wishes, group, model } = this.#ctx
    const { retry, retryOf } = this.#resilience
    const policy = retryOf.get(this.#ctx.standIn ?? model) ?? retryOf.get(group!.name) ?? retry
    const own = wishes.retries ?? this.#ctx.candidate?.deployment.retries
    return own === undefined ? policy : { ...policy, retries: own, ...(own === 0 && { byClass: {} }) }
  }

  #left(): number {
    return this.#ctx.deadlineAt - this.#settings.clock.now()
  }

  #at(): number {
    return this.#settings.clock.now() - this.#ctx.startedAt
  }
}
