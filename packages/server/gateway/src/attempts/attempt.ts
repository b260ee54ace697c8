import type { AdapterOf, Call, HttpRequest, Operation } from '@tianjillm/core'
import type { Choice } from '@tianjillm/router'
import { mockAnswer } from '../answer/mock-answer.ts'
import { plainAnswer } from '../answer/plain-answer.ts'
import { streamAnswer } from '../answer/stream-answer.ts'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { Settings } from '../settings.ts'
import { guardrailsFor } from '../stages/guard.ts'
import { chooseDeployment } from '../stages/choose.ts'
import { buildRequest } from '../upstream/build-request.ts'
import { beginAttempt } from './end-attempt.ts'
import { race } from './hedge.ts'

/** One attempt: picks a deployment, calls it, answers with what it says. Waits for nothing before the call that it need not. @param choice one that was made already */
export function attempt(ctx: RequestContext, settings: Settings, choice?: Choice<Deployment>): Promise<void> | undefined {
  const chosen = chooseDeployment(ctx, settings, choice)
  return chosen instanceof Promise ? chosen.then((adapter) => callThrough(ctx, settings, adapter)) : callThrough(ctx, settings, chosen)
}

function callThrough(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>): Promise<void> | undefined {
  const mockResponse = ctx.wishes.mockResponse ?? ctx.candidate!.deployment.mockResponse
  if (mockResponse !== undefined) return mockAnswer(ctx, settings, mockResponse)
  const { call, request } = buildRequest(ctx, adapter, settings)
  return request instanceof Promise ? request.then((signed) => send(ctx, settings, adapter, call, signed)) : send(ctx, settings, adapter, call, request)
}

function send(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, call: Call, request: HttpRequest): Promise<void> {
  beginAttempt(ctx, settings)
  const hedgeAfterMs = settings.resilience?.hedgeAfterMs
  // What runs in the background goes on when its caller leaves it.
  if (hedgeAfterMs === undefined || ctx.group!.candidates.length === 1 || ctx.body['background'] === true) return answer(ctx, settings, adapter, call, request)
  return race(ctx, settings, { choice: ctx.choice!, adapter, call, request }, hedgeAfterMs).then((lane) => {
    const { prepared } = lane
    return answer(ctx, { ...settings, http: lane.http }, prepared.adapter, prepared.call, prepared.request)
  })
}

function answer(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, call: Call, request: HttpRequest): Promise<void> {
  const guards = settings.guardrails.length > 0 ? guardrailsFor(ctx, settings, 'output') : settings.guardrails
  return ctx.stream ? streamAnswer(ctx, settings, adapter, call, request, guards) : plainAnswer(ctx, settings, adapter, call, request, guards)
}
