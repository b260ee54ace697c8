import { type ChatRequest, GatewayError } from '@tianjillm/core'
import { type BedrockModel, claudeVersion } from '../model.ts'
import { reasoningStyle } from './abilities.ts'

/** What reasoning adds to a request. */
export interface EncodedReasoning {
  /** For `additionalModelRequestFields`. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Tokens of thinking, which `maxTokens` must exceed. */
  readonly budget: number | undefined
  readonly thinks: boolean
}

/** LiteLLM's budgets; below 1024 Claude refuses. */
const budgets = { minimal: 1024, low: 1024, medium: 2048, high: 4096, xhigh: 8192, max: 16_384 } as const

const off: EncodedReasoning = { fields: {}, budget: undefined, thinks: false }

/**
 * `thinking` and `reasoning_effort` as the model's family takes them. Sources:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html,
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
 *
 * @throws `invalid_request` for an effort that nobody knows
 */
export function encodeReasoning({ thinking, reasoning_effort: wanted }: ChatRequest, model: BedrockModel): EncodedReasoning {
  const effort = effortOf(wanted)
  if (thinking !== undefined && thinking !== null) {
    const adaptive = thinking.type === 'adaptive' && effort !== undefined
    return {
      fields: { thinking, ...(adaptive && { output_config: { effort: claudeEffort(effort, model) } }) },
      budget: thinking.type === 'enabled' ? thinking.budget_tokens : undefined,
      thinks: thinking.type !== 'disabled',
    }
  }
  if (effort === undefined) return off
  switch (reasoningStyle(model)) {
    case 'adaptive': return { fields: { thinking: { type: 'adaptive' }, output_config: { effort: claudeEffort(effort, model) } }, budget: undefined, thinks: true }
    case 'budget': return { fields: { thinking: { type: 'enabled', budget_tokens: budgets[effort] } }, budget: budgets[effort], thinks: true }
    case 'nova': return { fields: { reasoningConfig: { type: 'enabled', maxReasoningEffort: threeSteps(effort) } }, budget: undefined, thinks: true }
    case 'effort': return { fields: { reasoning_effort: threeSteps(effort) }, budget: undefined, thinks: true }
    case 'qwen': return { fields: { reasoning_config: threeSteps(effort) === 'low' ? 'low' : 'high' }, budget: undefined, thinks: true }
    case undefined: return off
  }
}

/** OpenAI's efforts, and LiteLLM's `max`. */
type Effort = keyof typeof budgets

function effortOf(wanted: unknown): Effort | undefined {
  if (wanted === undefined || wanted === null || wanted === 'none') return undefined
  if (typeof wanted === 'string' && Object.hasOwn(budgets, wanted)) return wanted as Effort
  throw new GatewayError('invalid_request', `bedrock: reasoning_effort must be one of none, ${Object.keys(budgets).join(', ')}.`, { param: 'reasoning_effort' })
}

function threeSteps(effort: Effort): 'low' | 'medium' | 'high' {
  if (effort === 'minimal' || effort === 'low') return 'low'
  return effort === 'medium' ? 'medium' : 'high'
}

/** Claude 4.6 calls what is above `high` only `max`; later ones also have `xhigh`. */
function claudeEffort(effort: Effort, model: BedrockModel): string {
  if (effort === 'xhigh' && claudeVersion(model) < 47) return 'max'
  return effort === 'minimal' ? 'low' : effort
}
