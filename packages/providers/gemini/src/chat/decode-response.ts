import { type Call, type ChatChoice, type ChatDelta, type ChatResponse, GatewayError, usageToOpenAI } from '@tianjillm/core'
import { asArray, isRecord } from '@tianjillm/provider-kit'
import { factsOf } from './answer-facts.ts'
import { decodeLogprobs } from './logprobs.ts'
import { CandidateReader, indexOf } from './read-candidate.ts'
import { usageOfGemini } from './usage.ts'

/** How long OpenAI keeps an audio answer. Here nothing is kept, but clients expect a time. */
const AUDIO_SECONDS = 3600

/**
 * An answer of `generateContent` in OpenAI's form. A refused prompt is an answer too, that
 * finishes with `content_filter`.
 * @throws `upstream_malformed`
 */
export function decodeChat(body: unknown, call: Call, provider: string): ChatResponse {
  if (!isRecord(body)) throw malformed(provider)
  const facts = factsOf(body, call)
  const candidates = asArray(body['candidates']).filter(isRecord)
  const choices = candidates.map((candidate, at): ChatChoice => {
    const index = indexOf(candidate, at)
    const reader = new CandidateReader(call, provider, index)
    const first = reader.read(candidate, facts.id)
    const { delta, finish } = reader.end(facts.id)
    const logprobs = decodeLogprobs(candidate['logprobsResult'])
    return { index, message: messageOf(first, delta, call), ...(logprobs && { logprobs }), finish_reason: finish }
  })
  if (choices.length === 0) {
    if (facts.blocked === undefined) throw malformed(provider)
    choices.push({ index: 0, message: { role: 'assistant', content: null, provider_specific_fields: facts.blocked.fields }, finish_reason: 'content_filter' })
  }
  const usage = usageOfGemini(body)
  return {
    id: facts.id, object: 'chat.completion', created: call.created, model: facts.model, choices,
    ...(usage && { usage: usageToOpenAI(usage) }),
    ...(facts.serviceTier !== undefined && { service_tier: facts.serviceTier }),
  }
}

function messageOf(first: ChatDelta, last: ChatDelta, call: Call): ChatChoice['message'] {
  const calls = [...(first.tool_calls ?? []), ...(last.tool_calls ?? [])]
  const { audio, images, annotations } = { ...first, ...last }
  return {
    role: 'assistant',
    content: first.content ?? null,
    ...(first.reasoning_content !== undefined && { reasoning_content: first.reasoning_content }),
    ...(first.thinking_blocks && { thinking_blocks: first.thinking_blocks }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, function: called, provider_specific_fields: fields }) => ({
        id: id!, type: 'function', function: { name: called!.name!, arguments: called!.arguments! }, ...(fields && { provider_specific_fields: fields }),
      })),
    }),
    ...(images && { images }),
    ...(audio && { audio: { id: audio.id!, data: audio.data!, expires_at: call.created + AUDIO_SECONDS, transcript: '' } }),
    ...(annotations && { annotations }),
    ...(last.provider_specific_fields && { provider_specific_fields: last.provider_specific_fields }),
  }
}

const malformed = (provider: string): GatewayError => new GatewayError('upstream_malformed', `${provider} answered with something that has no candidate.`, { provider })
