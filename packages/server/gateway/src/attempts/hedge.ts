import { type AdapterOf, asGatewayError, type GatewayError, type Operation, type Timer, usage } from '@tianjillm/core'
import type { Ask, Choice } from '@tianjillm/router'
import { costOf } from '@tianjillm/spend'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { Settings } from '../settings.ts'
import { useChoice } from '../stages/choose.ts'
import { holdHedge, releaseHold, settleHedge, WRITTEN_A_SECOND } from '../stages/limits.ts'
import { type BuiltRequest, buildRequest } from '../upstream/build-request.ts'
import { clientGone } from '../upstream/collect.ts'
import { outcomeOf, outcomeOfLoser } from './end-attempt.ts'
import { Lane, type Prepared } from './lane.ts'

/**
 * Calls a second deployment when the first one keeps the caller waiting: who sends a byte first answers, the other call
 * is ended and paid for. Both are reserved before they go out.
 *
 * @returns who answers, with its connection; the context then stands as if it had been the only one
 * @throws the first one's error when nobody answers
 */
export function race(ctx: RequestContext, settings: Settings, first: Prepared, hedgeAfterMs: number): Promise<Lane> {
  const { exchange } = ctx
  return new Promise((resolve, reject) => {
    const lanes: Lane[] = []
    let timer: Timer | undefined
    let over = false

    const finish = (): void => {
      over = true
      timer?.cancel()
      exchange.onGone(undefined)
    }
    const win = (lane: Lane): void => {
      finish()
      for (const other of lanes) if (other !== lane) lose(ctx, settings, other)
      if (lanes.length > 1) enthrone(ctx, settings, lane, lane !== lanes[0])
      resolve(lane)
    }
    const told = (lane: Lane): void => {
      if (over) return
      const failed = lane.failure
      if (!failed) {
        win(lane)
        return
      }
      // Alone, or the last that was left: the usual way tells what became of it.
      if (lanes.every(({ failure }) => failure)) win(lanes[0]!)
    }
    const hedge = (): void => {
      if (over) return
      secondOf(ctx, settings, lanes[0]!).then(
        (second) => {
          if (!second) return
          if (over) {
            settleHedge(ctx, settings)
            return
          }
          ctx.attempts += 1
          settings.router.state.began(second.choice.candidate!.deployment.id)
          lanes.push(new Lane(settings.http, second, settings.clock.now(), told))
        },
        (error: unknown) => settings.log.warn({ id: ctx.id, err: asGatewayError(error) }, 'a second deployment could not be called'),
      )
    }

    if (exchange.gone) {
      reject(clientGone())
      return
    }
    exchange.onGone(() => {
      finish()
      for (const lane of lanes) lane.drop()
      for (const lane of lanes.slice(1)) settings.router.state.ended(lane.prepared.choice.candidate!.deployment.id, { ok: false, cancelled: true })
      reject(clientGone())
    })
    lanes.push(new Lane(settings.http, first, ctx.upstreamStartedAt, told))
    timer = settings.clock.after(hedgeAfterMs, hedge)
  })
}

/** Another deployment that is open, and may be paid for; undefined: there is none. */
async function secondOf(ctx: RequestContext, settings: Settings, first: Lane): Promise<Prepared | undefined> {
  const taken = first.prepared.choice.candidate!.deployment.id
  const choice = settings.router.choose(ctx.group!, { ...askOf(ctx), tried: new Set([...(ctx.tried ?? []), taken]) })
  const deployment = choice.candidate?.deployment
  // Budgets of providers and deployments are reserved one at a time.
  if (!deployment || deployment.mockResponse !== undefined || settings.limiter?.rulesOfDeployment(deployment)) return undefined
  if (!(await holdHedge(ctx, settings))) return undefined
  const { adapter, call, request } = built(ctx, settings, choice)
  return { choice, adapter, call, request: request instanceof Promise ? await request : request }
}

/** Builds a request for another deployment than the one that the context stands for, which it stands for again afterwards. */
function built(ctx: RequestContext, settings: Settings, choice: Choice<Deployment>): BuiltRequest & { readonly adapter: AdapterOf<Operation> } {
  const own = { candidate: ctx.candidate, choice: ctx.choice, dropped: ctx.dropped }
  ctx.dropped = []
  try {
    const adapter = useChoice(ctx, choice)
    return { adapter, ...buildRequest(ctx, adapter, settings) }
  } finally {
    Object.assign(ctx, own)
  }
}

/** What the router is asked with, as an object that can be copied. */
function askOf({ stream, tags, region, needs, session, closed }: RequestContext): Ask {
  return { stream, tags, region, needs, session, closed }
}

/** The call that came second, or failed, ends; the time that it worked is paid. */
function lose(ctx: RequestContext, settings: Settings, lane: Lane): void {
  const now = settings.clock.now()
  const failed: GatewayError | undefined = lane.failure
  lane.drop()
  const { deployment } = lane.prepared.choice.candidate!
  settings.router.state.ended(deployment.id, failed ? outcomeOf(ctx, failed, now) : outcomeOfLoser(now - lane.startedAt))
  if (failed) {
    ;(ctx.tried ??= new Set()).add(deployment.id)
    return
  }
  if (!deployment.prices) return
  const seconds = (now - lane.startedAt) / 1000
  const cost = costOf(usage({ input: ctx.inputTokens(), output: Math.ceil(seconds * WRITTEN_A_SECOND) }), deployment.prices, { at: ctx.startedAt, seconds })
  ctx.sunkNanoUsd += Math.min(cost, ctx.reserved && ctx.reserved.nanoUsd > 0 ? ctx.reserved.nanoUsd : cost)
  ctx.costEstimated = true
}

/** The context becomes that of the lane that answers. */
function enthrone(ctx: RequestContext, settings: Settings, lane: Lane, second: boolean): void {
  const { choice } = lane.prepared
  const { deployment } = choice.candidate!
  ctx.note({ step: 'hedge', at: settings.clock.now() - ctx.startedAt, deployment: deployment.id, provider: deployment.providerName, won: second })
  if (!second) return
  releaseHold(ctx, settings, ctx.sunkNanoUsd)
  ctx.choice = choice
  ctx.candidate = choice.candidate
  ctx.upstreamStartedAt = lane.startedAt
}
