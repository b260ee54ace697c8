import { GatewayError, type SubjectText } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import { checkDepth } from '../request/parse-json.ts'
import type { PassRoute } from '../route.ts'
import type { GuardrailBinding, Settings } from '../settings.ts'
import { look, type Side } from '../stages/guard.ts'
import { type Field, fieldOf, type Leaf, leavesOf, parseExactly } from './fields.ts'

/** A guardrail that an endpoint names, and what of its calls it looks at. */
export interface PassGuardrail {
  readonly name: string
  /** In LiteLLM's notation; absent: all of the body. */
  readonly requestFields?: readonly string[]
  readonly responseFields?: readonly string[]
}

/** The same, made once. */
export interface PassGuard {
  readonly name: string
  readonly fields: Readonly<Record<Side, readonly Field[] | undefined>>
}

export function createGuards(guardrails: readonly PassGuardrail[]): readonly PassGuard[] {
  return guardrails.map(({ name, requestFields, responseFields }) => ({ name, fields: { input: requestFields?.map(fieldOf), output: responseFields?.map(fieldOf) } }))
}

/** Those of an endpoint's guardrails that look at a side. @throws `guardrail_failed` when one of them is not there: that is not the same as one that found nothing */
export function guardsOf({ route: { endpoint } }: RequestContext<PassRoute>, settings: Settings, side: Side): readonly (readonly [PassGuard, GuardrailBinding])[] {
  return endpoint.guards.flatMap((guard) => {
    const binding = settings.guardrails.find(({ name }) => name === guard.name)
    if (!binding) throw new GatewayError('guardrail_failed', `The guardrail "${guard.name}", which ${endpoint.options.path} asks for, does not exist.`)
    return binding.on.includes(side) ? [[guard, binding] as const] : []
  })
}

/** What came over the wire. */
export interface PassBody {
  readonly bytes: Buffer
  /** Its `content-type` and `content-encoding`. */
  readonly type: string | undefined
  readonly encoding: string | undefined
}

/**
 * The body with what guardrails rewrote. Of JSON they see each text and number, of the fields that are named or of all, as
 * it is read: escapes hide nothing, and of a name that comes twice goes on what was judged. Another text is seen as it is.
 *
 * @throws `guardrail_blocked`, `guardrail_failed`; of requests that cannot be judged `unsupported_media_type`, `invalid_request`, `body_too_deep`
 */
export async function guardBody(ctx: RequestContext<PassRoute>, settings: Settings, side: Side, { bytes, type, encoding }: PassBody): Promise<Buffer> {
  const guards = guardsOf(ctx, settings, side)
  if (guards.length === 0 || bytes.length === 0) return bytes
  if (encoding !== undefined && encoding !== 'identity') throw unfit(side, 'is compressed', 'content-encoding')
  if (type !== undefined && !judgeable.test(type)) throw unfit(side, 'is neither JSON nor text', 'content-type')
  const text = decoded(bytes, side)
  const json = parsed(text, side, type !== undefined && isJson.test(type))
  if (json === undefined) {
    let whole: readonly SubjectText[] = [subject(side, text)]
    for (const [{ fields }, binding] of guards) {
      if (fields[side]) throw unfit(side, 'is no JSON')
      whole = await look(ctx, settings, binding, side, whole)
    }
    return whole[0]!.text === text ? bytes : Buffer.from(whole[0]!.text)
  }
  for (const [{ fields }, binding] of guards) await judge(ctx, settings, binding, side, leavesOf(json, fields[side]))
  return Buffer.from(JSON.stringify(json))
}

/** Lines of JSON, and streams of events, are texts. */
const judgeable = /^(?:text\/|application\/(?:[\w.+-]*\+)?json\b|application\/(?:x-)?(?:ndjson|jsonl|json-lines)\b)/i
const isJson = /^application\/(?:[\w.+-]*\+)?json\b/i

async function judge(ctx: RequestContext<PassRoute>, settings: Settings, binding: GuardrailBinding, side: Side, leaves: readonly Leaf[]): Promise<void> {
  if (leaves.length === 0) return
  const verdict = await look(ctx, settings, binding, side, leaves.map(({ text }) => subject(side, text)))
  leaves.forEach((leaf, i) => {
    if (verdict[i]!.text !== leaf.text) leaf.set(verdict[i]!.text)
  })
}

function subject(side: Side, text: string): SubjectText {
  return { role: side === 'input' ? 'user' : 'assistant', text }
}

function decoded(bytes: Buffer, side: Side): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw unfit(side, 'is no text in UTF-8')
  }
}

/** Undefined for what is no JSON, unless it says that it is. */
function parsed(text: string, side: Side, must: boolean): object | undefined {
  let json: unknown
  try {
    json = parseExactly(text)
  } catch {
    if (must) throw unfit(side, 'is no JSON')
    return undefined
  }
  // A bare value is a text like any other.
  if (typeof json !== 'object' || json === null) return undefined
  try {
    checkDepth(json, 0)
  } catch (error) {
    throw side === 'input' ? error : unfit(side, 'is nested too deeply')
  }
  return json
}

/** A body that a guardrail cannot look at is refused: else it would be the way around it. */
function unfit(side: Side, what: string, param?: string): GatewayError {
  if (side === 'output') return new GatewayError('guardrail_failed', `The answer ${what}: the guardrails of this path cannot look at it.`)
  const told = `The body ${what}: the guardrails of this path cannot look at it.`
  return param === undefined ? new GatewayError('invalid_request', told) : new GatewayError('unsupported_media_type', told, { param })
}
