import { GatewayError, type GuardrailSubject, isGatewayError, type SubjectText, type Verdict } from '@tianjillm/core'
import { createOutputWindow, type OutputWindow, requestTexts, responseTexts, withRequestTexts, withResponseTexts } from '@tianjillm/guardrail-kit'
import type { AnyContext, RequestContext } from '../context.ts'
import type { GuardrailBinding, Settings } from '../settings.ts'

export type Side = 'input' | 'output'

const severity = { pass: 0, rewrite: 1, error: 2, flag: 3 } as const

/** The guardrails that a request runs through on one side: those that are on by default, and those that it names. */
export function guardrailsFor(ctx: RequestContext, settings: Settings, side: Side): readonly GuardrailBinding[] {
  const asked = requestedNames(ctx, settings)
  return settings.guardrails.filter((binding) => binding.on.includes(side) && (binding.defaultOn || asked.includes(binding.name)))
}

function requestedNames(ctx: RequestContext, settings: Settings): readonly unknown[] {
  const { guardrails } = ctx.body
  if (guardrails === undefined || guardrails === null) return []
  if (!Array.isArray(guardrails)) throw new GatewayError('invalid_request', '`guardrails` must be a list of guardrail names.', { param: 'guardrails' })
  // A guardrail that is asked for and does not exist must not pass for one that found nothing.
  const unknown = guardrails.findIndex((name) => !settings.guardrails.some((binding) => binding.name === name))
  if (unknown !== -1) throw new GatewayError('invalid_request', `\`guardrails[${unknown}]\` names a guardrail that does not exist here.`, { param: `guardrails[${unknown}]` })
  return guardrails
}

/** @throws `guardrail_blocked`, `guardrail_failed` */
export async function guardInput(ctx: RequestContext, settings: Settings): Promise<void> {
  const bindings = guardrailsFor(ctx, settings, 'input')
  if (bindings.length === 0) return
  const { operation } = ctx.route
  const texts = requestTexts(operation, ctx.body)
  const judged = await judge(ctx, settings, bindings, 'input', texts)
  if (judged !== texts) ctx.body = withRequestTexts(operation, ctx.body, judged.map(({ text }) => text))
}

/** The answer with what the output guardrails rewrote. @throws `guardrail_blocked`, `guardrail_failed` */
export async function guardOutput<Output>(ctx: RequestContext, settings: Settings, bindings: readonly GuardrailBinding[], output: Output): Promise<Output> {
  const { operation } = ctx.route
  const texts = responseTexts(operation, output)
  const judged = await judge(ctx, settings, bindings, 'output', texts)
  return judged === texts ? output : withResponseTexts(operation, output, judged.map(({ text }) => text))
}

/** A hold-back window over a stream, as wide as the most demanding guardrail asks. */
export function outputWindow(ctx: RequestContext, settings: Settings, bindings: readonly GuardrailBinding[]): ((release: (chunk: unknown) => void) => OutputWindow<unknown>) | undefined {
  const looking = bindings.filter(({ guardrail }) => guardrail.streaming !== 'none')
  if (looking.length === 0) return undefined
  const widths = looking.map(({ guardrail }) => (guardrail.streaming === 'whole' ? Number.POSITIVE_INFINITY : (guardrail.windowChars ?? 0)))
  return (release) =>
    createOutputWindow({
      operation: ctx.route.operation,
      windowChars: Math.max(...widths),
      check: (texts) => judge(ctx, settings, looking, 'output', texts),
      release,
    })
}

/** Runs guardrails one after the other, each on what the one before left. Stays synchronous as long as they do. */
function judge(ctx: RequestContext, settings: Settings, bindings: readonly GuardrailBinding[], side: Side, texts: readonly SubjectText[]): readonly SubjectText[] | Promise<readonly SubjectText[]> {
  let current = texts
  for (let i = 0; i < bindings.length; i += 1) {
    const next = look(ctx, settings, bindings[i]!, side, current)
    if (next instanceof Promise) {
      const rest = bindings.slice(i + 1)
      return next.then((judged) => judge(ctx, settings, rest, side, judged))
    }
    current = next
  }
  return current
}

/** Lets one guardrail look. Stays synchronous as long as it does. @throws `guardrail_blocked`, `guardrail_failed` */
export function look(ctx: AnyContext, settings: Settings, binding: GuardrailBinding, side: Side, texts: readonly SubjectText[]): readonly SubjectText[] | Promise<readonly SubjectText[]> {
  const { clock } = settings
  const subject: GuardrailSubject = { on: side, model: ctx.model, texts }
  const started = clock.monotonic()
  const note = (outcome: 'pass' | 'flag' | 'rewrite' | 'error'): void => {
    const durationMs = clock.monotonic() - started
    // A stream is judged piece by piece; the record tells of it once, with the worst outcome.
    const at = ctx.guardrails.findIndex(({ name, on }) => name === binding.name && on === side)
    const before = ctx.guardrails[at]
    if (!before) ctx.guardrails.push({ name: binding.name, on: side, outcome, durationMs })
    else ctx.guardrails[at] = { ...before, outcome: severity[outcome] > severity[before.outcome] ? outcome : before.outcome, durationMs: before.durationMs + durationMs }
  }
  const decide = (verdict: Verdict): readonly SubjectText[] => {
    note(verdict.outcome)
    if (verdict.outcome === 'flag') throw new GatewayError('guardrail_blocked', `The guardrail "${binding.name}" refused the ${side === 'input' ? 'request' : 'answer'}: ${verdict.reason}`)
    return verdict.outcome === 'pass' ? texts : texts.map((text, i) => ({ ...text, text: verdict.texts[i] ?? text.text }))
  }
  const couldNotTell = (cause: unknown): readonly SubjectText[] => {
    if (isGatewayError(cause) && cause.code === 'guardrail_blocked') throw cause
    note('error')
    settings.log.warn({ id: ctx.id, guardrail: binding.name, err: cause }, 'guardrail could not tell')
    if (binding.onError === 'open') return texts
    throw new GatewayError('guardrail_failed', `The guardrail "${binding.name}" could not judge the ${side === 'input' ? 'request' : 'answer'}, and its unreachable_fallback is fail_closed. Retry later.`, { cause })
  }
  const deadline = new AbortController()
  try {
    const verdict = binding.guardrail.check(subject, deadline.signal)
    if (!(verdict instanceof Promise)) return decide(verdict)
    return withinDeadline(verdict, binding.timeoutMs, deadline, settings).then(decide).catch(couldNotTell)
  } catch (error) {
    return couldNotTell(error)
  }
}

function withinDeadline(verdict: Promise<Verdict>, timeoutMs: number, deadline: AbortController, { clock }: Settings): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(timeoutMs, () => {
      deadline.abort()
      reject(new GatewayError('guardrail_failed', `No verdict within ${timeoutMs} ms.`))
    })
    verdict.then(resolve, reject).finally(() => timer.cancel())
  })
}
