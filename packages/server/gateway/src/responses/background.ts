import { GatewayError, type Timer, type Usage } from '@tianjillm/core'
import type { AnyContext, RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { Settings } from '../settings.ts'
import { failureOf } from './note-state.ts'
import { reopen } from './open-call.ts'
import { hasEnded, type ResponseState, stateOf } from './response-view.ts'
import { idOf, keepOpen, keyOf, stranger, usageOf } from './response-row.ts'
import { storedCall, storedRequest } from './stored-request.ts'

/** Milliseconds until an upstream is asked how it stands, which grow with each time that it was not done. */
const FIRST_LOOK_MS = 2000
const LONGEST_PAUSE_MS = 30_000
const GROWTH = 1.5
/** Nothing runs longer. */
const LONGEST_MS = 24 * 3_600_000
/** Whose upstream does not tell for so long is given up: its credential or its deployment is gone. */
const LONGEST_AWAY_MS = 3_600_000
/** By then whoever made a response has seen its end too, and has written it down, if it is still there. */
const LEFT_TO_ITS_MAKER_MS = 120_000
/** More are not followed: they are settled at once, by what was reserved. */
const MOST = 10_000

/** Settles calls whose answer goes on without the caller (`background: true`), once each, when it has ended. */
export interface Background {
  /** Takes over a call that was answered and is not settled. */
  follow(ctx: RequestContext, settings: Settings): void
  /** Goes on with what processes left that are gone. @param settings those of the moment */
  resume(left: readonly { readonly id: string; readonly record: unknown }[], settings: () => Settings): void
  /** Somebody was shown the end of a response. */
  ended(ctx: AnyContext, settings: Settings, deployment: Deployment, state: ResponseState): void
  /** Looks once more after each; what has not ended is left to the next process where it is written down, else settled as it is. */
  close(signal: AbortSignal): Promise<void>
}

interface Followed {
  readonly ctx: RequestContext
  /** Undefined while it is not there. */
  readonly deployment: () => Deployment | undefined
  readonly settings: () => Settings
  /** The upstream's. */
  readonly id: string
  readonly since: number
  timer: Timer | undefined
  pauseMs: number
  /** When it could last be looked after. */
  seenAt: number
}

/**
 * A row of the ledger is named by the response itself and stands at the moment that the upstream made it, so that it is
 * one, whichever process writes it and how often: the one that made the response follows it, and the next one of its
 * folder when it is killed; another replica that sees its end writes the row only if its maker had the time to and may be gone.
 *
 * @param settleCall settles with the limits, writes the row and tells the sinks
 * @param enterAlone writes the row alone
 */
export function createBackground(settleCall: (ctx: AnyContext, settings: Settings) => void, enterAlone: (ctx: AnyContext, settings: Settings) => void): Background {
  const followed = new Map<string, Followed>()
  const left = new Map<string, { readonly timer: Timer; readonly write: () => void }>()
  /** Written down here already. */
  const done = new Set<string>()
  let closed = false

  const remember = (key: string): void => {
    done.add(key)
    if (done.size > MOST) done.delete(done.keys().next().value!)
  }

  const finish = (key: string, one: Followed, usage: Usage | undefined, error: GatewayError | undefined): void => {
    if (!followed.delete(key)) return
    const { ctx, settings } = one
    one.timer?.cancel()
    remember(key)
    ctx.usage = usage ?? ctx.usage
    ctx.error ??= error
    const now = settings()
    settleCall(ctx, now)
    now.openCalls?.drop(idOf(key))
  }

  const look = async (key: string, one: Followed, signal?: AbortSignal): Promise<void> => {
    const { ctx, id } = one
    const settings = one.settings()
    const deployment = one.deployment()
    if (!deployment) return
    try {
      const state = await ask(settings, deployment, id, signal)
      one.seenAt = settings.clock.now()
      if (state === 'gone') finish(key, one, undefined, new GatewayError('client_closed', 'The response was deleted before it ended.'))
      else if (hasEnded(state)) finish(key, one, usageOf(deployment, state), failureOf(state, deployment.providerName))
    } catch (error) {
      settings.log.warn({ id: ctx.id, deployment: deployment.id, err: error }, 'a response that goes on in the background could not be looked after; it is tried again')
    }
  }

  const wait = (key: string, one: Followed): void => {
    const { clock } = one.settings()
    one.timer = clock.after(one.pauseMs, () => {
      one.pauseMs = Math.min(LONGEST_PAUSE_MS, one.pauseMs * GROWTH)
      void look(key, one).then(() => {
        if (!followed.has(key) || closed) return
        const now = clock.now()
        if (now - one.since > LONGEST_MS) finish(key, one, undefined, new GatewayError('upstream_timeout', 'The response did not end within a day.'))
        else if (now - one.seenAt > LONGEST_AWAY_MS) finish(key, one, undefined, new GatewayError('upstream_unreachable', 'The upstream did not tell for an hour how the response stands.'))
        else wait(key, one)
      })
    })
  }

  const begin = (key: string, ctx: RequestContext, settings: () => Settings, deployment: () => Deployment | undefined, id: string): Followed => {
    const one: Followed = { ctx, settings, deployment, id, since: ctx.startedAt, timer: undefined, pauseMs: FIRST_LOOK_MS, seenAt: settings().clock.now() }
    followed.set(key, one)
    return one
  }

  return {
    follow(ctx, settings) {
      const { deployment } = ctx.candidate!
      const key = keyOf(deployment.id, ctx.background!.id)
      // A retry of one and the same request may be given the same response: it is one to pay.
      if (followed.has(key)) return
      keepOpen(ctx, settings)
      slim(ctx, settings)
      const one = begin(key, ctx, () => settings, () => deployment, ctx.background!.id)
      if (closed || followed.size > MOST || !deployment.provider.adapters.responses?.stored) finish(key, one, undefined, undefined)
      else wait(key, one)
    },
    resume(records, settings) {
      for (const { id, record } of records) {
        const call = reopen(id, record)
        if (!call) {
          settings().openCalls?.drop(id)
          continue
        }
        const { ctx, deployment, teamId, response } = call
        const key = keyOf(deployment, response)
        // Stored deployments come after the start, and may come back.
        const find = (): Deployment | undefined => {
          const found = settings().router.deployment(deployment, teamId)
          if (found) ctx.candidate ??= { deployment: found, model: found.model }
          return found
        }
        if (!followed.has(key)) wait(key, begin(key, ctx, settings, find, response))
      }
    },
    ended(ctx, settings, deployment, state) {
      const key = keyOf(deployment.id, state.id)
      const one = followed.get(key)
      if (one?.deployment()) {
        finish(key, one, usageOf(deployment, state), failureOf(state, deployment.providerName))
        return
      }
      if (done.has(key) || left.has(key) || left.size >= MOST || state.createdAt === undefined) return
      const write = (): void => {
        left.delete(key)
        remember(key)
        enterAlone(stranger(ctx, settings, deployment, state, key), settings)
      }
      left.set(key, { write, timer: settings.clock.after(LEFT_TO_ITS_MAKER_MS, write) })
    },
    async close(signal) {
      closed = true
      await Promise.all([...followed].map(([key, one]) => {
        one.timer?.cancel()
        return look(key, one, signal)
      }))
      for (const [key, one] of followed) if (!one.settings().openCalls) finish(key, one, undefined, undefined)
      for (const { timer, write } of left.values()) {
        timer.cancel()
        write()
      }
    },
  }
}

/** Lets go of the request, which may be megabytes: records need what it says of itself. */
function slim(ctx: RequestContext, { captureText }: Settings): void {
  ctx.bytes = Buffer.alloc(0)
  ctx.text = ''
  if (captureText) return
  const { metadata, litellm_metadata } = ctx.body
  ctx.parsed = ctx.body = { ...(metadata !== undefined && { metadata }), ...(litellm_metadata !== undefined && { litellm_metadata }) }
  ctx.original = undefined
}

/** How the upstream says that a response stands. @throws what keeps it from telling */
async function ask({ http, clock, limits }: Settings, deployment: Deployment, id: string, signal: AbortSignal | undefined): Promise<ResponseState | 'gone'> {
  const call = storedCall(id, false, clock.now())
  const reply = await http.send((await storedRequest(deployment, id, 'answer', { method: 'GET', call }))!, { maxBytes: limits.maxReplyBytes, ...(signal && { signal }) })
  if (reply.status === 404) return 'gone'
  const adapter = deployment.provider.adapters.responses!
  if (reply.status >= 300) throw adapter.error(reply, call)
  return stateOf(adapter.decode(JSON.parse(reply.body.toString('utf8')), call) as unknown as Record<string, unknown>)
}
