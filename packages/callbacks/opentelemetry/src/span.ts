import type { CallRecord } from '@tianjillm/core'
import { toAttributes } from './attributes.ts'
import { contentAttributes } from './content.ts'
import { gatewayAttributes } from './gateway-attributes.ts'
import { operationNames, outputTypes, providerName } from './names.ts'
import { FLAG_HAS_IS_REMOTE, FLAG_IS_REMOTE, nanos, type Span, SPAN_KIND_CLIENT, STATUS_CODE_ERROR } from './otlp.ts'
import { serverAttributes } from './server.ts'
import { spanId, traceContext } from './trace-context.ts'
import { usageAttributes } from './usage-attributes.ts'

/**
 * A call as one CLIENT span of the GenAI conventions: the gateway is the client of the model.
 * Undefined when the caller's own trace is not recorded (W3C sampled flag off): a span without
 * its parents would be an orphan.
 */
export function toSpan(record: CallRecord): Span | undefined {
  const context = traceContext(record.id, record.metadata)
  if ((context.traceFlags & 1) === 0) return undefined
  const operation = operationNames[record.operation]
  const provider = providerName(record.deployment?.provider)
  return {
    traceId: context.traceId,
    spanId: spanId(record.id),
    ...(context.parentSpanId !== undefined && { parentSpanId: context.parentSpanId }),
    ...(context.traceState !== undefined && { traceState: context.traceState }),
    flags: context.traceFlags | FLAG_HAS_IS_REMOTE | (context.parentSpanId === undefined ? 0 : FLAG_IS_REMOTE),
    name: `${operation} ${record.model}`,
    kind: SPAN_KIND_CLIENT,
    startTimeUnixNano: nanos(record.startedAt),
    // The wall clock may have been set back during the call.
    endTimeUnixNano: nanos(Math.max(record.startedAt, record.endedAt)),
    attributes: toAttributes({
      'gen_ai.operation.name': operation,
      'gen_ai.provider.name': provider,
      'gen_ai.system': provider,
      'gen_ai.request.model': record.model,
      'gen_ai.response.model': record.status === 'blocked' ? undefined : record.deployment?.model,
      'gen_ai.output.type': outputTypes[record.operation],
      'gen_ai.request.stream': record.stream ? true : undefined,
      'gen_ai.response.time_to_first_chunk': record.stream && record.firstByteAt !== undefined ? { double: Math.max(0, record.firstByteAt - record.startedAt) / 1000 } : undefined,
      ...usageAttributes(record.usage),
      ...serverAttributes(record.deployment?.apiBase),
      'error.type': record.error?.code,
      ...dropAbsent(contentAttributes(record)),
      ...gatewayAttributes(record),
    }),
    ...(record.error && { status: { code: STATUS_CODE_ERROR, message: record.error.message } }),
  }
}

/** Without undefined fields, so that what is known from elsewhere is not overwritten. */
function dropAbsent<T>(fields: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<string, T>
}
