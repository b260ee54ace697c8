import { type Boarding, type CacheControls, type CacheKey, cacheKey, type Entry, type Placed, type Question, readControls, type SingleFlight, tenantOf, type Turn } from '@tianjillm/cache'
import { type Clock, type Operation, outputTokens } from '@tianjillm/core'
import type { ModelGroup } from '@tianjillm/router'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import { RecordingExchange } from '../exchange/recording-exchange.ts'
import type { CacheBinding, Settings } from '../settings.ts'
import { isCollectable, streamAsWhole } from '../stream/stream-as-whole.ts'
import { answerKept } from './cache-answer.ts'
import { type CallModel, place } from './cache-similar.ts'
import { price } from './price.ts'

/** Kinds of call whose answers can be kept: text that the request's JSON decides. Uploads and sounds are not. */
const keepable: ReadonlySet<Operation> = new Set(['chat', 'completions', 'embeddings', 'rerank', 'responses'])

/** Bytes of a request beyond which making its key holds others up (4 ms for a MiB), and which hardly anybody repeats: images, documents. */
const LARGEST_REQUEST = 1024 * 1024

/** What a request is to the cache. */
interface Plan {
  readonly binding: CacheBinding
  readonly controls: CacheControls
  readonly question: Question
  readonly key: CacheKey
  /** Whether what is answered anew is kept. */
  readonly keeps: boolean
}

/**
 * Answers from the cache, else lets the call go on and keeps what it brings. Of those who ask the same at the same time
 * one calls the model. @throws `invalid_request`, `permission_denied` for the request's `cache` field
 */
export async function throughCache(ctx: RequestContext, settings: Settings, call: CallModel): Promise<void> {
  const plan = planOf(ctx, settings.cache!)
  ctx.cacheOutcome = plan?.controls.read ? 'miss' : 'bypass'
  if (!plan) return call(ctx, settings)
  const { binding: { answers, flights }, controls: { read, maxAgeMs }, key, keeps } = plan
  if (read) {
    const looked = answers.find(key, maxAgeMs)
    const found = looked instanceof Promise ? await looked : looked
    if (found.state === 'hit' && (await answerKept(ctx, settings, key, found.entry, 'hit'))) return undefined
    if (found.state === 'unavailable') ctx.cacheOutcome = 'unavailable'
  }
  const boarded = read && keeps && flights ? await board(ctx, flights, key, settings.clock) : 'alone'
  if (boarded === 'alone') return answerAnew(ctx, settings, call, plan, undefined)
  if ('turn' in boarded) return answerAnew(ctx, settings, call, plan, boarded.turn)
  if (await answerKept(ctx, settings, key, boarded.result, 'collapsed')) return undefined
  return answerAnew(ctx, settings, call, plan, undefined)
}

function planOf(ctx: RequestContext, binding: CacheBinding): Plan | undefined {
  const { body, principal, route: { operation, codec } } = ctx
  const controls = controlsOf(ctx, binding)
  if (!controls || !keepable.has(operation) || ctx.bytes.length > LARGEST_REQUEST || binding.operations?.has(operation) === false || (operation === 'responses' && !standsAlone(body))) return undefined
  const { userId, teamId, organizationId } = principal?.facts ?? {}
  const tenant = tenantOf({ key: principal?.tenant ?? '', userId, teamId, organizationId, endUser: ctx.endUser }, binding.scope)
  const question: Question = { tenant, operation, dialect: codec.dialect, group: groupId(ctx.group!), body, namespace: controls.namespace }
  const keeps = controls.write && (!ctx.stream || isCollectable(ctx.route))
  return { binding, controls, question, key: cacheKey(question), keeps }
}

/** Whether a response depends on the request alone, and nobody can ask for it later: one that the upstream keeps is its caller's. */
function standsAlone({ store, background, previous_response_id: previous, conversation, prompt }: Readonly<Record<string, unknown>>): boolean {
  return store === false && background !== true && (previous ?? conversation ?? prompt ?? null) === null
}

/** The request's word, within what its key may say; else the key's own, in its metadata (LiteLLM's `metadata.cache`). */
function controlsOf({ body, principal, exchange }: RequestContext, { byDefault }: CacheBinding): CacheControls | undefined {
  const header = exchange.header('cache-control')
  const own = principal?.key?.metadata['cache']
  const field = body['cache'] ?? undefined
  if (field === undefined && typeof own === 'object' && own !== null) return readControls({ field: own, header, byDefault })
  return readControls({ field, header, allowed: principal?.key?.allowedCacheControls, byDefault })
}

/** A team's own models may have the names of everybody's. */
function groupId({ name, candidates }: ModelGroup<Deployment>): string {
  return JSON.stringify([name, candidates[0]?.deployment.teamId ?? null])
}

/** The first goes on in this turn; the others wait, as long as their client does and there is time for their call. */
function board(ctx: RequestContext, flights: SingleFlight<Entry>, key: CacheKey, clock: Clock): Boarding<Entry> | Promise<Boarding<Entry>> {
  if (!flights.has(key)) return flights.board(key)
  const over = new AbortController()
  const boarded = flights.board(key, over.signal)
  if (!(boarded instanceof Promise)) return boarded
  const stop = (): void => over.abort()
  ctx.exchange.onGone(stop)
  const deadline = ctx.deadlineAt === Number.POSITIVE_INFINITY ? undefined : clock.after(Math.max(0, ctx.deadlineAt - clock.now()), stop)
  return boarded.finally(() => deadline?.cancel())
}

async function answerAnew(ctx: RequestContext, settings: Settings, call: CallModel, plan: Plan, turn: Turn<Entry> | undefined): Promise<void> {
  const { binding: { answers, similar }, controls: { read, maxAgeMs }, keeps } = plan
  let recording: RecordingExchange | undefined
  try {
    let placed: Placed | undefined
    if (similar && (read || keeps) && ctx.cacheOutcome !== 'unavailable') {
      placed = await place(ctx, settings, similar, plan.question, call)
      if (placed && read) {
        const found = await answers.findSimilar(placed, maxAgeMs)
        if (found.state === 'unavailable') ctx.cacheOutcome = 'unavailable'
        else ctx.similarity = found.similarity
        if (found.state === 'hit' && (await answerKept(ctx, settings, found.key, found.entry, 'semantic_hit'))) {
          turn?.done(found.entry)
          return
        }
      }
    }
    if (keeps) {
      ctx.cacheKey = plan.key
      recording = record(ctx, settings, plan, placed, turn)
    }
    await call(ctx, settings)
  } finally {
    // Where the answer came whole, both were told already.
    recording?.giveUp()
    turn?.failed()
  }
}

/** Keeps the answer when it has left. */
function record(ctx: RequestContext, settings: Settings, { binding: { answers }, controls, key }: Plan, placed: Placed | undefined, turn: Turn<Entry> | undefined): RecordingExchange {
  const recording = new RecordingExchange(ctx.exchange, ctx.stream ? answers.maxBytes * STREAM_FRAMING : answers.maxBytes, (answer) => {
    if (answer === 'failed' || ctx.error) return
    if (mayBeShort(ctx)) return turn?.done(undefined)
    try {
      if (ctx.costNanoUsd === undefined) price(ctx, settings.clock.now())
      const whole = answer && ctx.stream ? streamAsWhole(ctx.route, answer, ctx.usage) : undefined
      const body = ctx.stream ? (whole === undefined ? undefined : Buffer.from(whole)) : answer
      const entry = body && answers.entry(body, ctx.costNanoUsd, controls.ttlMs)
      // The answer of a stand-in does for those who wait now, and not for those who come when the model is back.
      if (entry && ctx.cacheKey !== undefined) answers.keep(key, entry, placed)
      turn?.done(entry)
    } catch (error) {
      settings.log.warn({ id: ctx.id, err: error }, 'an answer could not be kept')
    }
  })
  ctx.exchange = recording
  return recording
}

/** An answer that a budget may have cut short is not what others ask for. One of fewer tokens ended by itself. */
function mayBeShort({ maxOutput, usage }: RequestContext): boolean {
  return maxOutput !== undefined && (!usage || outputTokens(usage) >= maxOutput)
}

/** A stream repeats its head in every event: so many times as long it may be as the answer that it makes. */
const STREAM_FRAMING = 8
