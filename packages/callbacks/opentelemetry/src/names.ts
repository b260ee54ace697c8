import type { CallRecord } from '@tianjillm/core'

/**
 * `gen_ai.operation.name` of each kind of call: the conventions' value where there is one, else our
 * own word, as they allow.
 *
 * Source: https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/registry/attributes/gen-ai.md
 */
export const operationNames: Readonly<Record<CallRecord['operation'], string>> = {
  chat: 'chat',
  responses: 'chat',
  completions: 'text_completion',
  embeddings: 'embeddings',
  images: 'generate_content',
  speech: 'generate_content',
  transcriptions: 'transcription',
  moderations: 'moderation',
  rerank: 'rerank',
  pass_through: 'pass_through',
}

/** `gen_ai.output.type` where the kind of call decides it. */
export const outputTypes: Readonly<Partial<Record<CallRecord['operation'], string>>> = { images: 'image', speech: 'speech' }

/** The conventions' vocabulary, where it differs from the names that configs use. Same source. */
const providerNames: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  azure_ai: 'azure.ai.inference',
  bedrock: 'aws.bedrock',
  gemini: 'gcp.gemini',
  vertex_ai: 'gcp.vertex_ai',
  mistral: 'mistral_ai',
  moonshot: 'moonshot_ai',
  watsonx: 'ibm.watsonx.ai',
  xai: 'x_ai',
}

/** `gen_ai.provider.name` (and the older `gen_ai.system`). Calls that reached no deployment were answered by the gateway itself. */
export function providerName(provider: string | undefined): string {
  return provider === undefined ? 'tianjillm' : (providerNames[provider] ?? provider)
}
