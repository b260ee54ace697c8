import type { Call } from '@tianjillm/core'
import { asRecord, asString } from '@tianjillm/provider-kit'

/** What an answer or a frame says about itself. */
export interface AnswerFacts {
  readonly id: string
  readonly model: string
  /** OpenAI's word for it. */
  readonly serviceTier: string | undefined
  /** Why the prompt was refused, if it was. */
  readonly blocked: { readonly reason: string; readonly fields: Readonly<Record<string, unknown>> } | undefined
}

/** Reads `responseId`, `modelVersion`, the tier, and `promptFeedback`. Source: https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse */
export function factsOf(body: Readonly<Record<string, unknown>>, call: Call): AnswerFacts {
  const { blockReason, blockReasonMessage, safetyRatings } = asRecord(body['promptFeedback'])
  const reason = asString(blockReason)
  const tier = asString(asRecord(body['usageMetadata'])['serviceTier'])?.toLowerCase()
  return {
    id: asString(body['responseId']) ?? `chatcmpl-${call.id}`,
    model: asString(body['modelVersion']) ?? call.model,
    serviceTier: tier === 'standard' ? 'default' : tier,
    blocked: reason === undefined ? undefined : {
      reason,
      fields: {
        block_reason: reason,
        ...(asString(blockReasonMessage) !== undefined && { block_reason_message: blockReasonMessage }),
        ...(Array.isArray(safetyRatings) && safetyRatings.length > 0 && { safety_ratings: safetyRatings }),
      },
    },
  }
}
