import { type Call, type ChatRequest, GatewayError } from '@tianjillm/core'
import { asString, isRecord } from '@tianjillm/provider-kit'
import { configFields } from '../native-fields.ts'
import { responseFormat } from './response-format.ts'
import { thinkingConfig } from './thinking.ts'

/**
 * `generationConfig` of a request: OpenAI's fields in Gemini's words, Gemini's own as they are,
 * which win. Source: https://ai.google.dev/api/generate-content#v1beta.GenerationConfig
 * @throws `invalid_request`, `unsupported_parameter`
 */
export function generationConfig(input: ChatRequest, call: Call): Record<string, unknown> {
  const config: Record<string, unknown> = {}
  const set = (name: string, value: unknown): void => {
    if (value !== undefined && value !== null) config[name] = value
  }
  set('temperature', input.temperature)
  set('topP', input.top_p)
  set('candidateCount', input.n)
  set('maxOutputTokens', input.max_completion_tokens ?? input.max_tokens)
  set('stopSequences', typeof input.stop === 'string' ? [input.stop] : input.stop)
  set('seed', input.seed)
  set('presencePenalty', input.presence_penalty)
  set('frequencyPenalty', input.frequency_penalty)
  set('responseLogprobs', input.logprobs)
  set('logprobs', input.top_logprobs)
  Object.assign(config, responseFormat(input.response_format, call.model))
  set('thinkingConfig', thinkingConfig(input, call))
  set('responseModalities', input.modalities?.map((modality) => String(modality).toUpperCase()))
  if (isRecord(input.audio)) Object.assign(config, speech(input.audio, config['responseModalities']))
  for (const [field, name] of configFields) set(name, input[field])
  return config
}

/** A voice implies that audio is wanted. Source: https://ai.google.dev/gemini-api/docs/speech-generation */
function speech(audio: Readonly<Record<string, unknown>>, modalities: unknown): Record<string, unknown> {
  const { format } = audio
  if (format !== undefined && format !== 'pcm16') throw new GatewayError('invalid_request', 'Gemini speaks in `pcm16` only.', { param: 'audio.format' })
  const voiceName = asString(audio['voice'])
  const wanted = Array.isArray(modalities) ? (modalities as unknown[]) : []
  return {
    ...(voiceName !== undefined && { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName } } } }),
    responseModalities: wanted.includes('AUDIO') ? wanted : [...wanted, 'AUDIO'],
  }
}
