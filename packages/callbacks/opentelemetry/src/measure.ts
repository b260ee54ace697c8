import { type CallRecord, inputTokens, outputTokens } from '@tianjillm/core'
import { toAttributes } from './attributes.ts'
import { operationNames, providerName } from './names.ts'
import type { KeyValue } from './otlp.ts'
import { serverAttributes } from './server.ts'

const seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]

/**
 * The GenAI client metrics, with the bounds that the conventions give.
 *
 * Source: https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-metrics.md
 */
export const instruments = {
  'gen_ai.client.token.usage': { unit: '{token}', description: 'Number of input and output tokens used.', bounds: [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864] },
  'gen_ai.client.operation.duration': { unit: 's', description: 'GenAI operation duration.', bounds: seconds },
  'gen_ai.client.operation.time_to_first_chunk': { unit: 's', description: 'Time to receive the first chunk of a streamed answer.', bounds: seconds },
} as const

export type InstrumentName = keyof typeof instruments

export interface Measurement {
  readonly name: InstrumentName
  readonly value: number
  readonly attributes: readonly KeyValue[]
}

/** What one call adds to the metrics. Cached answers used no tokens. */
export function measure(record: CallRecord): Measurement[] {
  const { usage, deployment } = record
  const common = {
    'gen_ai.operation.name': operationNames[record.operation],
    'gen_ai.provider.name': providerName(deployment?.provider),
    'gen_ai.request.model': record.model,
    'gen_ai.response.model': deployment?.model,
    ...serverAttributes(deployment?.apiBase),
  }
  const measurements: Measurement[] = [{
    name: 'gen_ai.client.operation.duration',
    value: Math.max(0, record.endedAt - record.startedAt) / 1000,
    attributes: toAttributes({ ...common, 'error.type': record.error?.code }),
  }]
  if (record.stream && record.firstByteAt !== undefined) {
    measurements.push({ name: 'gen_ai.client.operation.time_to_first_chunk', value: Math.max(0, record.firstByteAt - record.startedAt) / 1000, attributes: toAttributes(common) })
  }
  if (usage && !record.cacheHit) {
    const tokens = (type: string, value: number): Measurement => ({ name: 'gen_ai.client.token.usage', value, attributes: toAttributes({ ...common, 'gen_ai.token.type': type }) })
    measurements.push(tokens('input', inputTokens(usage)))
    if (outputTokens(usage) > 0) measurements.push(tokens('output', outputTokens(usage)))
  }
  return measurements
}
