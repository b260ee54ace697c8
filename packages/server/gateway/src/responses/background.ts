import { createHash } from 'node:crypto'
import { type AdapterOf, GatewayError, type Timer, type Usage } from '@tianjillm/core'
import { type AnyContext, RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import { InnerExchange } from '../exchange/inner-exchange.ts'
import type { CallRoute } from '../route.ts'
import type { Settings } from '../settings.ts'
import { failureOf } from './note-state.ts'
import { hasEnded, type ResponseState, stateOf } from './response-view.ts'
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
  /** Somebody was shown the end of a response. */
  ended(ctx: AnyContext, settings: Settings, deployment: Deployment, state: ResponseState): void
  /** Looks once more after each, then settles them all. */
  close(signal: AbortSignal): Promise<void>
  readonly followed: number
}

interface Followed {
  readonly ctx: RequestContext
  readonly settings: Settings
  readonly id: string
  timer: Timer | undefined
  pauseMs: number
  /** When it could last be looked after. */
  seenAt: number
}

/**
 * A row of the ledger is named by the response itself and stands at the moment that the upstream made it, so that it is
 * one, whichever replica writes it and how often: the one that made the response follows it; another one that sees its
 * end writes the row only if its maker had the time to and may be gone.
 *
 * @param settleCall settles with the limits, writes the row and tells the sinks
 */
export function createBackground(settleCall: (ctx: AnyContext, settings: Settings) => void, enterAlone: (ctx: AnyContext, settings: Settings) => void): Background {
  const followed = new Map<string, Followed>()
  const left = new Map<string, { readonly timer: Timer; readonly write: () => void }>()
  /** Written down here already. */
  const done = new Set<string>()
  const remember = (key: string): void => {
    done.add(key)
    if (done.size > MOST) done.delete(done.keys().next().value!)
  }
  let closed = false

  const finish = (key: string, { ctx, settings, timer }: Followed, usage: Usage | undefined, error: GatewayError | undefined): void => {
    if (!followed.delete(key)) return
    timer?.cancel()
    remember(key)
    ctx.usage = usage ?? ctx.usage
    ctx.error ??= error
    settleCall(ctx, settings)
  }

  const look = async (key: string, one: Followed, signal?: AbortSignal): Promise<void> => {
    const { ctx, settings, id } = one
    const { deployment } = ctx.candidate!
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
    const { settings, ctx } = one
    one.timer = settings.clock.after(one.pauseMs, () => {
      one.pauseMs = Math.min(LONGEST_PAUSE_MS, one.pauseMs * GROWTH)
      void look(key, one).then(() => {
        if (!followed.has(key) || closed) return
        const now = settings.clock.now()
        if (now - ctx.startedAt > LONGEST_MS) finish(key, one, undefined, new GatewayError('upstream_timeout', 'The response did not end within a day.'))
        else if (now - one.seenAt > LONGEST_AWAY_MS) finish(key, one, undefined, new GatewayError('upstream_unreachable', 'The upstream did not tell for an hour how the response stands.'))
        else wait(key, one)
      })
    })
  }

  return {
    follow(ctx, settings) {
      const { deployment } = ctx.candidate!
      const { id } = ctx.background!
      const key = keyOf(deployment, id)
      slim(ctx, settings)
      const one: Followed = { ctx, settings, id, timer: undefined, pauseMs: FIRST_LOOK_MS, seenAt: settings.clock.now() }
      // A retry of one and the same request may be given the same response: it is one to pay.
      if (followed.has(key)) return
      followed.set(key, one)
      if (closed || followed.size > MOST || !deployment.provider.adapters.responses?.stored) finish(key, one, undefined, undefined)
      else wait(key, one)
    },
    ended(ctx, settings, deployment, state) {
      const key = keyOf(deployment, state.id)
      const one = followed.get(key)
      if (one) {
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
      for (const [key, one] of followed) finish(key, one, undefined, undefined)
      for (const { timer, write } of left.values()) {
        timer.cancel()
        write()
      }
    },
    get followed() {
      return followed.size
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

function usageOf({ provider }: Deployment, { usage }: ResponseState): Usage | undefined {
  return (provider.adapters.responses as AdapterOf<'responses'>).usageOf({ usage })
}

function keyOf({ id: deployment }: Deployment, id: string): string {
  return JSON.stringify([deployment, id])
}

/**
 * Names a call's row by the response that it made in the background, and puts it at the moment that the upstream says:
 * whoever writes it, and however often, it is one row.
 */
export function nameByResponse(ctx: AnyContext): void {
  const { background, candidate } = ctx
  if (!background || !candidate) return
  ctx.uniqueId = idOf(keyOf(candidate.deployment, background.id))
  if (background.createdAt !== undefined) ctx.admittedAt = background.createdAt * 1000
}

/** A UUID of RFC 9562, version 8: its bits are ours to choose. */
function idOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The call that made a response, as far as somebody knows it who only saw its end. */
function stranger({ principal, endUser }: AnyContext, settings: Settings, deployment: Deployment, state: ResponseState, key: string): AnyContext {
  const made = new RequestContext(undefined, idOf(key), new InnerExchange(), route, {}, state.createdAt! * 1000)
  const group = settings.router.single(deployment.id, principal?.team?.id)
  made.principal = principal
  made.endUser = endUser
  made.model = deployment.modelName
  made.group = group
  made.candidate = { deployment, model: deployment.model }
  made.attempts = 1
  made.upstreamStartedAt = made.startedAt
  made.endedAt = settings.clock.now()
  made.usage = usageOf(deployment, state)
  made.error = failureOf(state, deployment.providerName)
  made.background = state
  return made
}

const route = { kind: 'call', method: 'POST', paths: ['/v1/responses'], permission: 'inference', operation: 'responses' } as unknown as CallRoute
