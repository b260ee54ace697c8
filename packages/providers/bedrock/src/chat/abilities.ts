import { type BedrockModel, claudeVersion } from '../model.ts'

/** How a model is told to think. */
export type ReasoningStyle = 'budget' | 'adaptive' | 'nova' | 'effort' | 'qwen'

/**
 * Models that take `outputConfig.textFormat` and strict tools.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
const schemas = /^(?:openai\.gpt-oss|qwen\.qwen3|deepseek\.v3|google\.gemma-3|minimax\.minimax-m2|mistral\.(?:magistral|ministral|mistral-large-3|voxtral)|moonshot(?:ai)?\.kimi-k2|nvidia\.nemotron|zai\.glm-4\.7)/

/** Whether the model keeps to a JSON schema by itself. */
export function takesSchema(model: BedrockModel): boolean {
  return model.family === 'anthropic' ? claudeVersion(model) >= 45 : schemas.test(model.base)
}

/** How the model is told to think; undefined: it cannot be told. */
export function reasoningStyle(model: BedrockModel): ReasoningStyle | undefined {
  switch (model.family) {
    case 'anthropic': {
      const version = claudeVersion(model)
      return version >= 46 ? 'adaptive' : version >= 37 ? 'budget' : undefined
    }
    case 'nova': return model.base.includes('nova-2') ? 'nova' : undefined
    case 'openai': return 'effort'
    case 'qwen': return 'qwen'
    default: return undefined
  }
}

/** Models that take `toolChoice` `any` and `tool`. Source: API_runtime_ToolChoice. */
export function forcesTools({ family }: BedrockModel): boolean {
  return family === 'anthropic' || family === 'nova' || family === 'unknown'
}
