import { randomUUID } from 'node:crypto'
import { type Placed, type Question, similarQuestion } from '@tianjillm/cache'
import { asGatewayError, type EmbeddingRequest } from '@tianjillm/core'
import { RequestContext } from '../context.ts'
import { InnerExchange } from '../exchange/inner-exchange.ts'
import type { CallRoute } from '../route.ts'
import type { Settings, SimilarBinding } from '../settings.ts'
import { enter } from './enter.ts'
import { hold, releaseLimits, reserveFor } from './limits.ts'
import { settle } from './settle.ts'

/** Chooses a deployment and answers from it. */
export type CallModel = (ctx: RequestContext, settings: Settings) => Promise<void> | undefined

/** The gateway's own way to embed: the internal form, nothing else. */
const route: CallRoute<'embeddings'> = {
  kind: 'call', method: 'POST', paths: ['/embeddings'], permission: 'inference', operation: 'embeddings',
  codec: {
    dialect: 'openai', done: '', parse: (body) => body as EmbeddingRequest, streams: () => false, showsUsage: () => true,
    encode: (output) => JSON.stringify(output), encodeChunk: () => '', isComplete: () => true, errorBody: () => '', errorEvent: () => '',
  },
}

/**
 * The vector of a question, made by a model of this gateway, on the account of whoever asks: a call of its own in the
 * ledger, under the caller's budgets. Undefined where meaning says nothing, or no vector came.
 */
export async function place(ctx: RequestContext, settings: Settings, { model, timeoutMs }: SimilarBinding, question: Question, call: CallModel): Promise<Placed | undefined> {
  const similar = similarQuestion(question, model)
  const group = similar && settings.router.group(model, ctx.principal?.team?.id)
  if (!group) return undefined
  const exchange = new InnerExchange()
  const inner = new RequestContext(undefined, randomUUID(), exchange, route as unknown as CallRoute, {}, settings.clock.now())
  inner.principal = ctx.principal
  inner.endUser = ctx.endUser
  inner.tags = ctx.tags
  inner.parties = ctx.parties
  inner.model = model
  inner.group = group
  inner.showUsage = true
  inner.rewrite({ model, input: similar.text, encoding_format: 'float', metadata: { semantic_cache_of: ctx.id } })
  if (!(await reserveBudget(inner, settings))) return undefined
  ctx.exchange.onGone(() => exchange.leave())
  const deadline = settings.clock.after(timeoutMs, () => exchange.leave())
  try {
    await call(inner, settings)
    const vector = exchange.body === undefined ? undefined : vectorIn(exchange.body)
    return vector && { question: similar, vector }
  } catch (error) {
    inner.error = asGatewayError(error)
    inner.status = inner.error.status
    settings.log.warn({ id: ctx.id, model, err: error }, 'a question could not be embedded for the cache')
    return undefined
  } finally {
    deadline.cancel()
    ctx.exchange.onGone(undefined)
    releaseLimits(inner, settings)
    enter(inner, settings)
    settle(inner, settings)
  }
}

/** Budgets hold for it as for any call; rates do not: the caller sent one request. False: there is no room, or nobody can tell. */
async function reserveBudget(inner: RequestContext, settings: Settings): Promise<boolean> {
  const { limiter } = settings
  const set = limiter?.rulesFor(inner.principal, inner.parties, inner.model, inner.group!.name)
  if (!limiter || !set) return true
  const rules = set.rules.filter(({ counted }) => counted === 'budget')
  if (rules.length === 0) return true
  inner.limitModel = set.model
  try {
    const fitted = await reserveFor(inner, limiter, { ...set, rules, tokens: false }, inner.uniqueId)
    if (!fitted.reserved.ok) return false
    inner.admittedAt = fitted.reserved.at ?? settings.clock.now()
    hold(inner, inner.uniqueId, fitted)
    return true
  } catch (error) {
    settings.log.warn({ id: inner.id, model: inner.model, err: error }, 'a question is not embedded for the cache: its cost cannot be reserved')
    return false
  }
}

function vectorIn(body: string): Float32Array | undefined {
  const { data } = JSON.parse(body) as { data?: readonly { embedding?: unknown }[] }
  const embedding = data?.[0]?.embedding
  if (typeof embedding === 'string') {
    const bytes = Buffer.from(embedding, 'base64')
    return bytes.length > 0 && bytes.length % 4 === 0 ? new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)) : undefined
  }
  if (!Array.isArray(embedding) || embedding.length === 0 || !embedding.every((value) => typeof value === 'number' && Number.isFinite(value))) return undefined
  return new Float32Array(embedding)
}
