import { type AdapterOf, type Call, GatewayError, type HttpReply, type HttpRequest } from '@tianjillm/core'
import { answerWhole } from '../answer/answer-whole.ts'
import { parseReply } from '../answer/parse-reply.ts'
import { streamAnswer } from '../answer/stream-answer.ts'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import { endUserOf } from '../request/named-parties.ts'
import type { CallRoute, StoredRoute } from '../route.ts'
import type { Settings } from '../settings.ts'
import { quoted } from '../stages/find-group.ts'
import { guardOutput, guardrailsFor } from '../stages/guard.ts'
import { byteText } from '../stream/json-text.ts'
import { collect } from '../upstream/collect.ts'
import type { Background } from './background.ts'
import { conversationOf } from './conversation.ts'
import { hasEnded, ResponseView } from './response-view.ts'
import { storedCall, storedRequest } from './stored-request.ts'

/** What may follow the `?`. Source: https://platform.openai.com/docs/api-reference/responses/get and /input-items */
const questions: ReadonlySet<string> = new Set(['include', 'include[]', 'include_obfuscation', 'stream', 'starting_after', 'after', 'before', 'limit', 'order'])

/**
 * The life of a question about an answer that an upstream keeps, behind the door: whose is it, ask, show. It costs nothing
 * and has no row in the ledger; a response that went on without its caller is settled when its end is seen.
 * @throws `not_found` for ids that are not the caller's, whatever they are
 */
export async function runStored(ctx: RequestContext<StoredRoute>, settings: Settings, background: Background): Promise<void> {
  const { exchange, params, principal, route: { method, part } } = ctx
  ctx.endUser = endUserOf(exchange, {}, settings.naming ?? {})
  const shown = params['response_id'] ?? ''
  const conversation = conversationOf(ctx, settings)
  const kept = conversation.ids.open('resp', shown, conversation.owner)
  const deployment = kept && settings.router.deployment(kept.deployment, principal?.team?.id)
  const search = new URLSearchParams([...new URLSearchParams(exchange.query)].filter(([name]) => questions.has(name)))
  const stream = part === 'answer' && method === 'GET' && search.get('stream') === 'true'
  const call = storedCall(ctx.id, stream, ctx.startedAt)
  const asked = kept && deployment && storedRequest(deployment, kept.id, part, { method, query: search.toString(), call })
  if (!kept || !deployment || !asked) throw notFound(shown)
  ctx.conversation = { ...conversation, named: { kept, shown } }
  ctx.stream = stream
  ctx.showUsage = true
  ctx.candidate = { deployment, model: deployment.model }
  ctx.model = shownModelOf(deployment)
  const request = await asked
  ctx.attempts = 1
  ctx.upstreamStartedAt = settings.clock.now()
  const adapter = deployment.provider.adapters.responses!
  try {
    await (stream ? answerStream(ctx, settings, adapter, call, request) : answerPlain(ctx, settings, adapter, call, request))
  } catch (error) {
    // An id whose answer is gone upstream is an unknown one.
    throw error instanceof GatewayError && error.code === 'upstream_not_found' ? notFound(shown) : error
  } finally {
    if (ctx.background && hasEnded(ctx.background)) background.ended(ctx, settings, deployment, ctx.background)
  }
}

function answerStream(ctx: RequestContext<StoredRoute>, settings: Settings, adapter: AdapterOf<'responses'>, call: Call, request: HttpRequest): Promise<void> {
  const asCall = ctx as unknown as RequestContext<CallRoute>
  return streamAnswer(asCall, settings, adapter as never, call, request, guardrailsFor(asCall, settings, 'output'))
}

function answerPlain(ctx: RequestContext<StoredRoute>, settings: Settings, adapter: AdapterOf<'responses'>, call: Call, request: HttpRequest): Promise<void> {
  const asCall = ctx as unknown as RequestContext<CallRoute>
  const { deployment } = ctx.candidate!
  const view = new ResponseView(ctx.conversation!, deployment.id, ctx.model === deployment.model ? undefined : ctx.model)
  const guards = settings.guardrails.length > 0 ? guardrailsFor(asCall, settings, 'output') : settings.guardrails
  const onHead = (): void => { ctx.upstreamHeadAt = settings.clock.now() }
  return collect(settings.http, request, ctx.exchange, settings.limits.maxReplyBytes, onHead, (reply: HttpReply) => {
    if (reply.status >= 300) throw adapter.error(reply, call)
    const text = reply.body.toString('latin1')
    const list = ctx.route.part === 'input_items'
    const seen = list ? undefined : view.inText(text)
    // A list has no id of its own; anything else without one is no answer, and says why or is malformed.
    if (list) parseReply(reply, asCall)
    else if (!seen?.state) adapter.decode(parseReply(reply, asCall), call)
    if (seen?.state?.background) ctx.background = seen.state
    if (guards.length === 0) {
      answerWhole(asCall, settings, seen?.text ?? text, reply.headers)
      return undefined
    }
    return judged(ctx, settings, view, reply, guards)
  })
}

async function judged(ctx: RequestContext<StoredRoute>, settings: Settings, view: ResponseView, reply: HttpReply, guards: Settings['guardrails']): Promise<void> {
  const asCall = ctx as unknown as RequestContext<CallRoute>
  const output = await guardOutput(asCall, settings, guards, parseReply(reply, asCall) as object)
  answerWhole(asCall, settings, byteText(JSON.stringify(ctx.route.part === 'input_items' ? output : view.of(output))), reply.headers)
}

/** The name that callers know the model by, where one name is enough to tell; else the upstream's. */
function shownModelOf({ modelName, model }: Deployment): string {
  return modelName.includes('*') ? model : modelName
}

function notFound(id: string): GatewayError {
  return new GatewayError('not_found', `Response with id ${quoted(id)} not found.`, { param: 'response_id' })
}
