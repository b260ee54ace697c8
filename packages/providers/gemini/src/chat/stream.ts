import { type Call, type ChatChunk, type ChatDelta, type Frame, GatewayError, type StreamTranslator, type UpstreamReply, type Usage, usageToOpenAI } from '@tianjillm/core'
import { asArray, asNumber, asRecord, isRecord, parseJson } from '@tianjillm/provider-kit'
import { type AnswerFacts, factsOf } from './answer-facts.ts'
import { decodeLogprobs } from './logprobs.ts'
import { CandidateReader, indexOf } from './read-candidate.ts'
import { usageOfGemini } from './usage.ts'

type Choice = ChatChunk['choices'][number]

/**
 * Frames of `streamGenerateContent?alt=sse` as chunks. Each frame is a small answer; nothing marks
 * the last one, so finish reasons and usage are told when the stream ends.
 */
export function createGeminiStream(call: Call, provider: string, fail: (reply: UpstreamReply) => GatewayError): StreamTranslator<ChatChunk> {
  const readers = new Map<number, CandidateReader>()
  let facts: AnswerFacts | undefined
  let blocked: AnswerFacts['blocked']
  let usage: Usage | undefined

  const chunk = (choices: Choice[]): ChatChunk => ({
    id: facts!.id, object: 'chat.completion.chunk', created: call.created, model: facts!.model, choices,
    ...(facts!.serviceTier !== undefined && { service_tier: facts!.serviceTier }),
  })

  const choiceOf = (candidate: Readonly<Record<string, unknown>>, at: number): Choice | undefined => {
    const index = indexOf(candidate, at)
    const known = readers.get(index)
    const reader = known ?? new CandidateReader(call, provider, index)
    readers.set(index, reader)
    const read = reader.read(candidate, facts!.id)
    const logprobs = decodeLogprobs(candidate['logprobsResult'])
    const delta: ChatDelta = known ? read : { role: 'assistant', ...read }
    return Object.keys(delta).length > 0 || logprobs ? { index, delta, ...(logprobs && { logprobs }), finish_reason: null } : undefined
  }

  return {
    push({ data }: Frame, emit) {
      const body = parseJson(data)
      const top: unknown = Array.isArray(body) ? body[0] : body
      if (!isRecord(top)) throw new GatewayError('upstream_malformed', `${provider} sent a stream event that is not a JSON object.`, { provider })
      if (isRecord(top['error'])) throw fail({ status: statusOf(top['error']), headers: {}, body: Buffer.from(data) })
      usage = usageOfGemini(top, usage)
      const told = factsOf(top, call)
      // The id and the model stay those of the first frame; the tier may be told last.
      facts = facts ? { ...facts, serviceTier: told.serviceTier ?? facts.serviceTier } : told
      if (blocked === undefined && told.blocked !== undefined) {
        blocked = told.blocked
        if (readers.size === 0 && asArray(top['candidates']).length === 0) emit(chunk([{ index: 0, delta: { role: 'assistant' }, finish_reason: null }]))
      }
      const choices = asArray(top['candidates']).filter(isRecord).map(choiceOf).filter((choice) => choice !== undefined)
      if (choices.length > 0) emit(chunk(choices))
    },
    end(emit) {
      if (facts === undefined || (readers.size === 0 && blocked === undefined) || (blocked === undefined && [...readers.values()].some(({ finished }) => !finished))) {
        throw new GatewayError('upstream_interrupted', `${provider} ended the stream before the answer was complete.`, { provider })
      }
      for (const [index, reader] of readers) {
        const { delta, finish } = reader.end(facts.id)
        const refused = blocked !== undefined && !reader.finished
        emit(chunk([{ index, delta: refused ? withFields(delta, blocked!.fields) : delta, finish_reason: refused ? 'content_filter' : finish }]))
      }
      if (readers.size === 0) emit(chunk([{ index: 0, delta: withFields({}, blocked!.fields), finish_reason: 'content_filter' }]))
      if (usage) emit({ ...chunk([]), usage: usageToOpenAI(usage) })
    },
    usage: () => usage,
  }
}

function withFields(delta: ChatDelta, fields: Readonly<Record<string, unknown>>): ChatDelta {
  return { ...delta, provider_specific_fields: { ...delta.provider_specific_fields, ...fields } }
}

/** The status in an error event (google.rpc.Status with an HTTP code). */
function statusOf(error: unknown): number {
  const code = asNumber(asRecord(error)['code'])
  return code !== undefined && code >= 400 && code <= 599 ? code : 500
}
