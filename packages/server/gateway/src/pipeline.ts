import { type AdapterOf, asGatewayError, type Call, GatewayError, type HttpReply, type HttpRequest, type Operation, usage } from '@tianjillm/core'
import { readBodyUsage } from '@tianjillm/provider-kit'
import type { RequestContext } from './context.ts'
import { renameModelInBody } from './reply/edit-body.ts'
import { answerWhole } from './reply/answer-whole.ts'
import { createTextCollector } from './reply/text-collector.ts'
import type { GuardrailBinding, Settings } from './settings.ts'
import { throughCache } from './stages/cache.ts'
import { guardInput, guardOutput, guardrailsFor, outputWindow } from './stages/guard.ts'
import { admit } from './stages/limits.ts'
import { identify } from './stages/parties.ts'
import { parseRequest } from './stages/read-request.ts'
import { chooseDeployment, findGroup } from './stages/route.ts'
import { ChunkSink } from './stream/chunk-sink.ts'
import { byteText } from './stream/json-text.ts'
import { BytePass } from './stream/pass-bytes.ts'
import { StreamReply } from './stream/stream-reply.ts'
import { EventTranslation } from './stream/translate-events.ts'
import { wholeAsChunks } from './stream/whole-as-chunks.ts'
import { mockOutput } from './upstream/mock.ts'
import { type BuiltRequest, buildRequest } from './upstream/build-request.ts'
import { collect } from './upstream/collect.ts'

/**
 * The life of a call behind the door: parse, identify, limit, guard, look up, route, call, answer. Each stage continues
 * or throws. Waits only for what is in use: without guardrails, cache, newcomers and shared limits the upstream is called
 * in the same turn in which the body arrived.
 */
export function runCall(ctx: RequestContext, settings: Settings, bytes: Buffer): Promise<void> | undefined {
  parseRequest(ctx, bytes)
  const identified = identify(ctx, settings)
  return identified ? identified.then(() => admitAndCall(ctx, settings)) : admitAndCall(ctx, settings)
}

function admitAndCall(ctx: RequestContext, settings: Settings): Promise<void> | undefined {
  findGroup(ctx, settings)
  const admitted = admit(ctx, settings)
  if (admitted || settings.cache || settings.guardrails.length > 0 || ctx.body['guardrails'] !== undefined) return prepareAndCall(ctx, settings, admitted)
  return callUpstream(ctx, settings)
}

async function prepareAndCall(ctx: RequestContext, settings: Settings, admitted: Promise<void> | undefined): Promise<void> {
  await admitted
  await guardInput(ctx, settings)
  await (settings.cache ? throughCache(ctx, settings, callUpstream) : callUpstream(ctx, settings))
}

function callUpstream(ctx: RequestContext, settings: Settings): Promise<void> | undefined {
  const chosen = chooseDeployment(ctx, settings)
  return chosen instanceof Promise ? chosen.then((adapter) => callThrough(ctx, settings, adapter)) : callThrough(ctx, settings, chosen)
}

function callThrough(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>): Promise<void> | undefined {
  const { mockResponse } = ctx.candidate!.deployment
  if (mockResponse !== undefined) return mockAnswer(ctx, settings, mockResponse)
  const built = buildRequest(ctx, adapter, settings)
  const { request } = built
  return request instanceof Promise ? request.then((signed) => send(ctx, settings, adapter, built, signed)) : send(ctx, settings, adapter, built, request)
}

function send(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, built: BuiltRequest, request: HttpRequest): Promise<void> {
  ctx.attempts += 1
  ctx.upstreamStartedAt = settings.clock.now()
  const guards = settings.guardrails.length > 0 ? guardrailsFor(ctx, settings, 'output') : settings.guardrails
  return ctx.stream ? streamAnswer(ctx, settings, adapter, built, request, guards) : plainAnswer(ctx, settings, adapter, built, request, guards)
}

function plainAnswer(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, { call }: BuiltRequest, request: HttpRequest, guards: readonly GuardrailBinding[]): Promise<void> {
  const same = adapter.dialect === ctx.route.codec.dialect && guards.length === 0 && !settings.captureText
  const onHead = (): void => { ctx.upstreamHeadAt = settings.clock.now() }
  return collect(settings.http, request, ctx.exchange, settings.limits.maxReplyBytes, onHead, (reply) => {
    if (reply.status >= 300) throw adapter.error(reply, call)
    if (!same) return translateAnswer(ctx, settings, adapter, call, reply, guards)
    const text = reply.body.toString('latin1')
    ctx.usage = readBodyUsage(text, (body) => adapter.usageOf(body))
    answerWhole(ctx, settings, ctx.model === call.model ? text : renameModelInBody(text, ctx.model), reply.headers)
    return undefined
  })
}

async function translateAnswer(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, call: Call, reply: HttpReply, guards: readonly GuardrailBinding[]): Promise<void> {
  const parsed = parseReply(reply.body, ctx)
  ctx.usage = adapter.usageOf(parsed)
  let output: unknown = adapter.decode(parsed, call)
  if ((output as { model?: string }).model !== undefined) output = { ...(output as object), model: ctx.model }
  if (guards.length > 0) output = await guardOutput(ctx, settings, guards, output)
  ctx.responseText = settings.captureText ? output : undefined
  answerWhole(ctx, settings, byteText(ctx.route.codec.encode(output as never)), reply.headers)
}

function parseReply(body: Buffer, ctx: RequestContext): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    const provider = ctx.candidate!.deployment.providerName
    throw new GatewayError('upstream_malformed', `${provider} answered with something that is not JSON.`, { provider, cause })
  }
}

function streamAnswer(ctx: RequestContext, settings: Settings, adapter: AdapterOf<Operation>, { call }: BuiltRequest, request: HttpRequest, guards: readonly GuardrailBinding[]): Promise<void> {
  if (!adapter.framing || !adapter.stream) {
    throw new GatewayError('unsupported_operation', `The provider of ${JSON.stringify(ctx.model)} does not stream ${ctx.route.operation}.`, { param: 'stream' })
  }
  const reply = new StreamReply(ctx, settings)
  const makeWindow = guards.length > 0 ? outputWindow(ctx, settings, guards) : undefined
  const same = adapter.dialect === ctx.route.codec.dialect && adapter.framing === 'sse'
  if (same && !makeWindow && !settings.captureText) return new BytePass(ctx, adapter, call, reply).run(settings.http, request)
  const collector = settings.captureText ? createTextCollector(ctx.route.operation) : undefined
  return new EventTranslation(ctx, adapter, call, reply, new ChunkSink(ctx, collector, makeWindow)).run(settings.http, request)
}

/** The deployment's `mock_response`, through the same guards and framing as a provider's answer. */
async function mockAnswer(ctx: RequestContext, settings: Settings, text: string): Promise<void> {
  const guards = guardrailsFor(ctx, settings, 'output')
  const output = mockOutput(ctx, text)
  ctx.usage = usage({})
  const judged = guards.length > 0 ? await guardOutput(ctx, settings, guards, output) : output
  ctx.responseText = settings.captureText ? judged : undefined
  const { codec } = ctx.route
  if (!ctx.stream) {
    answerWhole(ctx, settings, byteText(codec.encode(judged as never)), undefined)
    return
  }
  new StreamReply(ctx, settings).start(undefined)
  for (const chunk of wholeAsChunks(judged)) ctx.exchange.write(codec.encodeChunk(chunk as never, ctx.showUsage))
  ctx.exchange.end(codec.done)
}

/** Notes a failure on the context. */
export function fail(ctx: RequestContext, thrown: unknown): void {
  const error = asGatewayError(thrown)
  ctx.error = error
  ctx.status = error.status
}
