import { type Usage, usage } from '@tianjillm/core'
import { asArray, asRecord, isRecord } from '@tianjillm/provider-kit'

const count = (value: unknown): number => (typeof value === 'number' && value > 0 && Number.isFinite(value) ? Math.floor(value) : 0)

/** Tokens of one modality in a list of `{modality, tokenCount}`. */
function tokensOf(details: unknown, modality: 'AUDIO' | 'IMAGE'): number {
  return asArray(details).map(asRecord).reduce((sum, detail) => sum + (detail['modality'] === modality ? count(detail['tokenCount']) : 0), 0)
}

/**
 * `usageMetadata` of an answer or a frame in disjoint classes. Each frame repeats the totals so
 * far, so the last one counts; frames without counts (`trafficType` alone) change nothing.
 * Video and documents count as text, as they are billed.
 * Source: https://ai.google.dev/api/generate-content#UsageMetadata
 */
export function usageOfGemini(body: unknown, before?: Usage): Usage | undefined {
  const meta = asRecord(body)['usageMetadata']
  if (!isRecord(meta) || (typeof meta['promptTokenCount'] !== 'number' && typeof meta['candidatesTokenCount'] !== 'number' && typeof meta['totalTokenCount'] !== 'number')) return before
  const prompt = count(meta['promptTokenCount']) + count(meta['toolUsePromptTokenCount'])
  const cacheRead = Math.min(prompt, count(meta['cachedContentTokenCount']))
  // The details count cached tokens too; what the cache served is told by modality, or was text.
  const fresh = (modality: 'AUDIO' | 'IMAGE', most: number): number =>
    Math.min(most, Math.max(0, tokensOf(meta['promptTokensDetails'], modality) + tokensOf(meta['toolUsePromptTokensDetails'], modality) - tokensOf(meta['cacheTokensDetails'], modality)))
  const inputAudio = fresh('AUDIO', prompt - cacheRead)
  const inputImage = fresh('IMAGE', prompt - cacheRead - inputAudio)
  const candidates = count(meta['candidatesTokenCount'])
  const reasoning = count(meta['thoughtsTokenCount'])
  // Some answers count thoughts within candidatesTokenCount; the total tells.
  const within = reasoning > 0 && candidates >= reasoning && count(meta['totalTokenCount']) === prompt + candidates
  const visible = within ? candidates - reasoning : candidates
  const outputAudio = Math.min(visible, tokensOf(meta['candidatesTokensDetails'], 'AUDIO'))
  const outputImage = Math.min(visible - outputAudio, tokensOf(meta['candidatesTokensDetails'], 'IMAGE'))
  return usage({
    input: prompt - cacheRead - inputAudio - inputImage, cacheRead, inputAudio, inputImage,
    output: visible - outputAudio - outputImage, reasoning, outputAudio, outputImage,
  })
}
