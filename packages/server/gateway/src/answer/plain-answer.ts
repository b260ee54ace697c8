import { type AdapterOf, type Call, type HttpReply, type HttpRequest, type Operation, type ResponsesResponse } from '@tianjillm/core'
import { readBodyUsage } from '@tianjillm/provider-kit'
import type { RequestContext } from '../context.ts'
import { renameModelInBody } from '../reply/edit-body.ts'
import type { GuardrailBinding, Settings } from '../settings.ts'
import { guardOutput } from '../stages/guard.ts'
import { byteText } from '../stream/json-text.ts'
import { collect } from '../upstream/collect.ts'
import { answerWhole } from './answer-whole.ts'
import { parseReply } from './parse-reply.ts'
import { showOutput, showResponse } from '../responses/show.ts'

/** Calls the upstream and answers with what it says: its own bytes where both speak one dialect and nothing needs the text. */
export function plainAnswer(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, call: Call, request: HttpRequest, guards: readonly GuardrailBinding[]): Promise<void> {
  const same = adapter.dialect === ctx.route.codec.dialect && guards.length === 0 && !settings.captureText
  const onHead = (): void => { ctx.upstreamHeadAt = settings.clock.now() }
  return collect(settings.http, request, ctx.exchange, settings.limits.maxReplyBytes, onHead, (reply) => {
    if (reply.status >= 300) throw adapter.error(reply, call)
    if (!same) return translateAnswer(ctx, settings, adapter, call, reply, guards)
    const text = reply.body.toString('latin1')
    ctx.usage = readBodyUsage(text, (body) => adapter.usageOf(body))
    // An answer that tells its usage in its place is one. Anything else is looked at before it is handed on.
    if (!ctx.usage || text.charCodeAt(0) !== BRACE) adapter.decode(parseReply(reply, ctx), call)
    const shown = ctx.conversation ? showResponse(ctx, call, text) : ctx.shownModel === call.model ? text : renameModelInBody(text, ctx.shownModel)
    answerWhole(ctx, settings, shown, reply.headers)
    return undefined
  })
}

async function translateAnswer(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, call: Call, reply: HttpReply, guards: readonly GuardrailBinding[]): Promise<void> {
  const parsed = parseReply(reply, ctx)
  ctx.usage = adapter.usageOf(parsed)
  let output: unknown = adapter.decode(parsed, call)
  if (ctx.conversation) output = showOutput(ctx, call, output as ResponsesResponse)
  else if ((output as { model?: string }).model !== undefined) output = { ...(output as object), model: ctx.shownModel }
  if (guards.length > 0) output = await guardOutput(ctx, settings, guards, output)
  ctx.responseText = settings.captureText ? output : undefined
  answerWhole(ctx, settings, byteText(ctx.route.codec.encode(output as never)), reply.headers)
}

/** `{` */
const BRACE = 0x7b
