import type { Call, ChatRequest } from '@tianjillm/core'
import { asNumber, asRecord, asString, isRecord } from '@tianjillm/provider-kit'
import { generationOf } from '../model.ts'

export interface ThinkingConfig {
  includeThoughts?: boolean
  /** Tokens; 0: none, -1: as many as the model likes. Up to Gemini 2.5. */
  thinkingBudget?: number
  /** From Gemini 3 on. */
  thinkingLevel?: 'minimal' | 'low' | 'medium' | 'high'
}

/** Tokens for each effort, as LiteLLM sets them. */
const budgets: Readonly<Record<string, number>> = { low: 1024, medium: 2048, high: 4096, xhigh: 4096 }

/**
 * `thinkingConfig` from `thinking`, else `reasoning_effort`: a budget up to Gemini 2.5 (and for
 * names without a generation, as all take budgets), a level from Gemini 3 on.
 * Source: https://ai.google.dev/gemini-api/docs/thinking
 * @throws `unsupported_parameter` for an effort that is none
 */
export function thinkingConfig(input: ChatRequest, call: Call): ThinkingConfig | undefined {
  const levels = (generationOf(call.model) ?? 0) >= 3
  if (isRecord(input.thinking)) return fromThinking(input.thinking, levels, call.model)
  // The Agents SDK sends `{effort, summary}`.
  const effort = asString(input.reasoning_effort) ?? asString(asRecord(input.reasoning_effort)['effort'])
  if (effort === undefined) return undefined
  if (effort === 'none' || effort === 'disable') return off(levels, call.model)
  if (effort !== 'minimal' && !Object.hasOwn(budgets, effort)) {
    call.drop('reasoning_effort')
    return undefined
  }
  return levels ? { thinkingLevel: levelOf(effort, call.model), includeThoughts: true } : { thinkingBudget: budgets[effort] ?? leastBudget(call.model), includeThoughts: true }
}

function fromThinking(thinking: Readonly<Record<string, unknown>>, levels: boolean, model: string): ThinkingConfig {
  const budget = asNumber(thinking['budget_tokens'])
  if (thinking['type'] === 'disabled' || budget === 0) return off(levels, model)
  // A budget makes Gemini 3 worse, says Google, so its own default level stands, as in LiteLLM.
  if (levels) return { includeThoughts: true }
  return { thinkingBudget: budget ?? -1, includeThoughts: true }
}

/** As little as the model can: Gemini 2.5 Pro and Gemini 3 always think. */
function off(levels: boolean, model: string): ThinkingConfig {
  if (levels) return { thinkingLevel: levelOf('minimal', model), includeThoughts: false }
  return { thinkingBudget: /2\.5-pro/i.test(model) ? leastBudget(model) : 0, includeThoughts: false }
}

/** The Pro models know no `minimal`, and the first of them no `medium`. */
function levelOf(effort: string, model: string): NonNullable<ThinkingConfig['thinkingLevel']> {
  if (effort === 'minimal') return /flash/i.test(model) ? 'minimal' : 'low'
  if (effort === 'medium') return /gemini-3-pro/i.test(model) ? 'high' : 'medium'
  return effort === 'low' ? 'low' : 'high'
}

/** The smallest budget that each model takes, as LiteLLM has it. */
function leastBudget(model: string): number {
  if (/2\.5-flash-lite/i.test(model)) return 512
  return /2\.5-flash/i.test(model) ? 1 : 128
}
