import { createHash } from 'node:crypto'
import { type Call, type ChatRequest } from '@tianjillm/core'
import type { ModelTraits } from '../models.ts'

/**
 * Temperature, top_p and top_k, as far as the model takes them. 1 is the default of both temperature
 * and top_p, so it is left out wherever the model might refuse the field.
 *
 * @param thinks whether thinking is asked for, which fixes the temperature
 */
export function samplingOf(input: ChatRequest, call: Call, { sampling }: ModelTraits, thinks: boolean): Record<string, number> {
  const result: Record<string, number> = {}
  const { temperature, top_p: topP, top_k: topK } = input
  const fixed = sampling === 'fixed'
  if (typeof temperature === 'number' && !((fixed || thinks) && temperature === 1)) {
    // OpenAI's range ends at 2, Anthropic's at 1.
    if (fixed || thinks || temperature > 1 || temperature < 0) call.drop('temperature')
    else result['temperature'] = temperature
  }
  if (typeof topP === 'number' && !(fixed && topP === 1)) {
    const both = sampling === 'one' && result['temperature'] !== undefined
    if (both && result['temperature'] === 1) delete result['temperature']
    if (fixed || (both && result['temperature'] !== undefined && topP !== 1) || (thinks && topP < 0.95)) call.drop('top_p')
    else if (!(both && result['temperature'] !== undefined)) result['top_p'] = topP
  }
  if (typeof topK === 'number') {
    if (fixed || thinks) call.drop('top_k')
    else result['top_k'] = topK
  }
  return result
}

/** `stop_sequences`; the API refuses those without a visible character. */
export function stopSequencesOf(stop: ChatRequest['stop'], call: Call): string[] | undefined {
  if (stop === undefined || stop === null) return undefined
  const list = typeof stop === 'string' ? [stop] : stop
  const kept = list.filter((sequence) => sequence.trim() !== '')
  if (kept.length < list.length) call.drop('stop')
  return kept.length === 0 ? undefined : kept
}

const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const phone = /^\+?[\d\s()-]{7,}$/

/**
 * `metadata.user_id`. Anthropic refuses e-mail addresses and phone numbers and asks for opaque ids:
 * those are sent as their SHA-256, which still tells users apart.
 */
export function userIdOf(input: ChatRequest): string | undefined {
  const own = input.metadata?.['user_id']
  const user = input.user ?? input.safety_identifier ?? (typeof own === 'string' ? own : undefined)
  if (user === undefined || user === '') return undefined
  return email.test(user) || phone.test(user) ? createHash('sha256').update(user).digest('hex') : user
}

/** OpenAI's `default` is "not the priority tier". */
export function serviceTierOf(tier: unknown, call: Call): string | undefined {
  if (tier === undefined || tier === null) return undefined
  if (tier === 'auto' || tier === 'standard_only') return tier
  if (tier === 'default') return 'standard_only'
  call.drop('service_tier')
  return undefined
}
