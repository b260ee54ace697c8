import { type Call, type ChatRequest, GatewayError } from '@tianjillm/core'
import { asNumber, isRecord } from '@tianjillm/provider-kit'
import type { ModelTraits } from '../models.ts'

/** What becomes of `thinking` and `reasoning_effort`. */
export interface Thinking {
  readonly thinking?: Readonly<Record<string, unknown>>
  /** `output_config.effort` */
  readonly effort?: string
}

/** The API's smallest budget; also LiteLLM's for `minimal` and `low`. */
const SMALLEST_BUDGET = 1024

/** LiteLLM's budgets (its `DEFAULT_REASONING_EFFORT_*_THINKING_BUDGET`). */
const budgets: Readonly<Record<string, number>> = { minimal: SMALLEST_BUDGET, low: SMALLEST_BUDGET, medium: 2048, high: 4096, xhigh: 8192, max: 16_384 }

/** Newer models answer with empty thinking texts unless asked. */
const adaptive = { type: 'adaptive', display: 'summarized' } as const

/**
 * Anthropic's `thinking` and effort for a request.
 * Sources: https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking and .../effort
 *
 * @param maxTokens the caller's, if any: a budget must stay below it
 * @param openTurn whether the last answer called tools and comes back without its thinking; a budget then cannot be set
 */
export function thinkingOf(input: ChatRequest, call: Call, traits: ModelTraits, maxTokens: number | undefined, openTurn: boolean): Thinking {
  const effort: string | undefined = input.reasoning_effort ?? undefined
  if (effort !== undefined && effort !== 'none' && !(effort in budgets)) {
    throw new GatewayError('invalid_request', `reasoning_effort must be one of none, ${Object.keys(budgets).join(', ')}.`, { param: 'reasoning_effort' })
  }
  if (isRecord(input.thinking)) {
    const explicit = explicitThinking(input.thinking, call, traits)
    return effort === undefined || effort === 'none' || traits.efforts.length === 0 ? explicit : { ...explicit, ...effortOf(effort, call, traits) }
  }
  if (effort === undefined) return {}
  if (effort === 'none') return turnedOff(traits)
  if (traits.thinking === 'adaptive' || traits.thinking === 'adaptive-only') {
    const level = effortOf(effort, call, traits)
    return level.effort === undefined ? {} : { thinking: traits.thinking === 'adaptive' ? { type: 'adaptive' } : adaptive, ...level }
  }
  const level = traits.efforts.includes(effort) ? { effort } : {}
  if (openTurn) return level
  const budget = Math.min(budgets[effort]!, (maxTokens ?? Infinity) - 1)
  if (budget < SMALLEST_BUDGET) {
    call.drop('reasoning_effort')
    return {}
  }
  return { thinking: { type: 'enabled', budget_tokens: budget }, ...level }
}

function explicitThinking(thinking: Readonly<Record<string, unknown>>, call: Call, traits: ModelTraits): Thinking {
  if (thinking['type'] === 'enabled' && traits.thinking === 'adaptive-only') {
    // A budget is refused by these models: the effort that LiteLLM's budgets stand for says the same.
    const budget = asNumber(thinking['budget_tokens']) ?? budgets['high']!
    return { thinking: { ...adaptive, ...('display' in thinking && { display: thinking['display'] }) }, effort: budget <= SMALLEST_BUDGET ? 'low' : budget <= 2048 ? 'medium' : 'high' }
  }
  if (thinking['type'] === 'disabled' && traits.off !== 'disabled' && traits.off !== 'absent') return turnedOff(traits)
  return { thinking }
}

/** Models that always think are asked to think as little as they can, as Anthropic's migration guides say. */
function turnedOff({ off }: ModelTraits): Thinking {
  if (off === 'absent') return {}
  return off === 'never' ? { effort: 'low' } : { thinking: { type: off } }
}

function effortOf(effort: string, call: Call, traits: ModelTraits): { effort?: string } {
  const level = effort === 'minimal' ? 'low' : effort
  if (traits.efforts.includes(level)) return { effort: level }
  call.drop('reasoning_effort')
  return {}
}
