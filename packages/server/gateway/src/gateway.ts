import { asGatewayError, GatewayError, type GatewayError as GatewayErrorType } from '@tianjillm/core'
import { clientAddress } from './addresses/client-addresses.ts'
import { type AnyContext, RequestContext } from './context.ts'
import type { Exchange } from './exchange/exchange.ts'
import { fail, runCall } from './pipeline.ts'
import { errorHeaders } from './reply/headers.ts'
import { plainErrorBody, sendError } from './reply/send-error.ts'
import { runPass } from './pass/run-pass.ts'
import { createRequestIds } from './request/request-ids.ts'
import { type Background, createBackground } from './responses/background.ts'
import { keepOpen, nameByResponse } from './responses/response-row.ts'
import { isUnsettled } from './responses/note-state.ts'
import { runStored } from './responses/run-stored.ts'
import type { CallRoute, PassRoute, QueryRoute, Route, StoredRoute } from './route.ts'
import type { Settings } from './settings.ts'
import { createAdmissionGate } from './stages/admit.ts'
import { authenticate, authorize } from './stages/authenticate.ts'
import { readBody, readQueryBody } from './stages/read-request.ts'
import { releaseLimits } from './stages/limits.ts'
import { enter } from './stages/enter.ts'
import { logCall, settle } from './stages/settle.ts'
import { endAttempt } from './attempts/end-attempt.ts'

/** The data plane. Knows no integration by name and no web framework. */
export interface Gateway {
  /** Handles one request on a route, from authentication to settlement. Never rejects. */
  handle(exchange: Exchange, route: Route | PassRoute, params?: Readonly<Record<string, string>>): Promise<void>
  /** What requests are handled with from now on. */
  readonly settings: Settings
  /** Puts a new configuration in place; requests in flight finish with theirs. */
  configure(settings: Settings): void
  readonly inFlight: number
  /** Refuses new requests and waits for those in flight, until the signal fires. */
  drain(signal: AbortSignal): Promise<void>
}

export interface GatewayOptions {
  readonly settings: Settings
  /** Makes request ids. Default: random UUIDs. */
  readonly newId?: () => string
}

export function createGateway({ settings, newId = createRequestIds() }: GatewayOptions): Gateway {
  let current = settings
  const gate = createAdmissionGate()
  const background: Background = createBackground(
    (ctx, of) => {
      account(ctx, of, undefined, true)
      settle(ctx, of)
    },
    (ctx, of) => {
      nameByResponse(ctx)
      enter(ctx, of)
    },
  )
  background.resume(settings.openCalls?.left() ?? [], () => current)

  const call = async (exchange: Exchange, route: CallRoute, params: Readonly<Record<string, string>>, now: Settings): Promise<void> => {
    const ctx = new RequestContext(callId(exchange), newId(), exchange, route, params, now.clock.now())
    // Written down before the client can see the answer's end: a kill of the process then loses no answered call.
    if (now.ledger) exchange.beforeEnd((goOn) => account(ctx, now, goOn))
    let entered = false
    try {
      const principal = authenticate(exchange, route, now)
      ctx.principal = principal instanceof Promise ? await principal : principal
      authorize(ctx.principal, route)
      gate.enter(now.limits.maxParallel)
      entered = true
      const running = runCall(ctx, now, await readBody(ctx, now))
      if (running) await running
    } catch (error) {
      fail(ctx, error)
      answerError(ctx.exchange, ctx.error!, (coded) => route.codec.errorBody(coded), ctx)
    } finally {
      if (entered) gate.leave()
      if (isUnsettled(ctx)) {
        // How the deployment did is known now; what the call cost, when its answer has ended.
        endAttempt(ctx, now, ctx.error)
        logCall(ctx, now, now.clock.now())
        background.follow(ctx, now)
      } else {
        account(ctx, now)
        settle(ctx, now)
      }
    }
  }

  const stored = async (exchange: Exchange, route: StoredRoute, params: Readonly<Record<string, string>>, now: Settings): Promise<void> => {
    const ctx = new RequestContext(callId(exchange), newId(), exchange, route, params, now.clock.now())
    let entered = false
    try {
      ctx.principal = await authenticate(exchange, route, now)
      authorize(ctx.principal, route)
      gate.enter(now.limits.maxParallel)
      entered = true
      if (route.method === 'POST') await readQueryBody(exchange, now)
      await runStored(ctx, now, background)
    } catch (error) {
      fail(ctx, error)
      answerError(exchange, ctx.error!, (coded) => route.codec.errorBody(coded), ctx)
    } finally {
      if (entered) gate.leave()
      logCall(ctx, now, now.clock.now())
    }
  }

  const pass = async (exchange: Exchange, route: PassRoute, now: Settings): Promise<void> => {
    const ctx = new RequestContext(callId(exchange), newId(), exchange, route, {}, now.clock.now())
    if (now.ledger) exchange.beforeEnd((goOn) => account(ctx, now, goOn))
    let entered = false
    try {
      ctx.principal = await authenticate(exchange, route, now)
      authorize(ctx.principal, route)
      gate.enter(now.limits.maxParallel)
      entered = true
      await runPass(ctx, now)
    } catch (error) {
      ctx.error = asGatewayError(error)
      ctx.status = ctx.error.status
      answerError(exchange, ctx.error, plainErrorBody, ctx)
    } finally {
      if (entered) gate.leave()
      account(ctx, now)
      settle(ctx, now)
    }
  }

  const query = async (exchange: Exchange, route: QueryRoute, params: Readonly<Record<string, string>>, now: Settings): Promise<void> => {
    let entered = false
    try {
      const principal = await authenticate(exchange, route, now)
      authorize(principal, route)
      if (route.permission !== 'public') {
        gate.enter(undefined)
        entered = true
      }
      const { status, body, pieces, headers = {} } = await route.answer({ params, principal, search: new URLSearchParams(exchange.query), body: route.method === 'GET' ? {} : await readQueryBody(exchange, now), address: clientAddress(exchange, now), header: (name) => exchange.header(name) })
      const { 'content-type': type = 'application/json', ...rest } = headers
      const text = typeof body === 'string' && type !== 'application/json' ? body : JSON.stringify(body)
      const length = pieces ? pieces.reduce((sum, piece) => sum + piece.length, 0) : Buffer.byteLength(text)
      exchange.head(status, ['content-type', type, 'content-length', String(length), ...Object.entries(rest).flat()])
      // All of it is in memory already: waiting for the client between them would save nothing.
      pieces?.forEach((piece) => exchange.write(piece))
      exchange.end(pieces ? undefined : text)
    } catch (error) {
      const coded = asGatewayError(error)
      if (coded.code === 'internal') now.log.error({ err: coded.cause, route: route.paths[0] }, 'query failed')
      answerError(exchange, coded, plainErrorBody)
    } finally {
      if (entered) gate.leave()
    }
  }

  return {
    handle(exchange, route, params = {}) {
      if (route.kind === 'call') return call(exchange, route, params, current)
      if (route.kind === 'stored') return stored(exchange, route, params, current)
      return route.kind === 'pass' ? pass(exchange, route, current) : query(exchange, route, params, current)
    },
    get settings() {
      return current
    },
    configure(next) {
      current = next
    },
    get inFlight() {
      return gate.inFlight
    },
    async drain(signal) {
      await gate.drain(signal)
      await background.close(signal)
    },
  }
}

function answerError(exchange: Exchange, error: GatewayErrorType, body: (error: GatewayErrorType) => string, ctx?: AnyContext): void {
  if (exchange.gone) return
  // Too late for a status: the connection is cut, so that the client cannot take half an answer for a whole one.
  if (exchange.started) exchange.destroy()
  else sendError(exchange, error, body(error), ctx && errorHeaders(ctx))
}

/**
 * What the call cost is settled with its limits, then entered into the ledger; each once, whoever asks first.
 * @param written called when the ledger has it, later than now if the answer is true
 */
function account(ctx: AnyContext, settings: Settings, written?: () => void, ended = false): boolean {
  if (ctx.background) {
    if (!ended && isUnsettled(ctx)) {
      keepOpen(ctx, settings)
      return false
    }
    nameByResponse(ctx)
  }
  releaseLimits(ctx, settings)
  return enter(ctx, settings, written)
}

/** The id that a caller chose (LiteLLM's header), when it is harmless in logs and headers. */
function callId(exchange: Exchange): string | undefined {
  const chosen = exchange.header('x-litellm-call-id')
  if (chosen === undefined) return undefined
  if (/^[\w.:-]{1,128}$/.test(chosen)) return chosen
  return undefined
}

/** Refuses to mount routes that say nothing about permission. @throws `invalid_config` */
export function checkRoutes(routes: readonly Route[]): void {
  for (const { permission, method, paths } of routes as readonly Partial<Route>[]) {
    if (!permission) throw new GatewayError('invalid_config', `The route ${method} ${paths?.join(', ')} declares no permission.`)
  }
}
