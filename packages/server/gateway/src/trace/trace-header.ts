import type { AnyContext } from '../context.ts'
import type { TraceStep } from './steps.ts'

/** Longest header value; what comes after is cut. */
const LONGEST = 2000

/**
 * The decisions in one line, for the caller that asked with `x-tianjillm-trace`:
 * `attempt d1 upstream_timeout 1002ms; retry 350ms; fallback gpt>claude timeout; chose d7 simple-shuffle 2/3 (d5 cooldown); cache miss`
 */
export function traceLine(ctx: AnyContext): string {
  const parts = (ctx.steps ?? []).map(words)
  const { choice, candidate, group, cacheOutcome, cacheHit } = ctx
  if (choice && candidate && !cacheHit) {
    const skipped = choice.skipped.map(({ id, reason }) => `${id} ${reason}`).join(', ')
    const considered = group?.candidates.length ?? 0
    parts.push(`chose ${candidate.deployment.id} ${choice.strategy} ${considered - choice.skipped.length}/${considered}${skipped === '' ? '' : ` (${skipped})`}`)
  }
  if (cacheOutcome !== undefined) parts.push(`cache ${cacheOutcome}`)
  const line = parts.join('; ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line
}

function words(step: TraceStep): string {
  switch (step.step) {
    case 'attempt': return `attempt ${step.deployment} ${step.outcome} ${step.ms}ms`
    case 'none': return `none of ${step.considered} ${step.reason}`
    case 'retry': return `retry ${step.waitMs}ms`
    case 'fallback': return `fallback ${step.from}>${step.to} ${step.refused === undefined ? step.because : `refused ${step.refused}`}`
    case 'hedge': return `hedge ${step.deployment} ${step.won ? 'won' : 'lost'}`
    case 'continue': return `continue after ${step.deployment} ${step.outcome} ${step.chars}chars`
  }
}
