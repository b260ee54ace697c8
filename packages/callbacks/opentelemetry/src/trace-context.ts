import { hash } from 'node:crypto'

/** Where a span belongs. */
export interface TraceContext {
  /** 32 hex digits. */
  readonly traceId: string
  /** The caller's span, 16 hex digits; absent: the span is a root. */
  readonly parentSpanId?: string
  readonly traceState?: string
  /** W3C trace flags; bit 0 says that the caller records the trace. */
  readonly traceFlags: number
}

/**
 * The caller's trace when the record's metadata carries a valid W3C `traceparent` (and its
 * `tracestate`), else a trace of its own. Ids come from the record's id, so delivering a record
 * twice does not make two spans.
 *
 * Source: https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function traceContext(recordId: string, metadata: Readonly<Record<string, unknown>> | undefined): TraceContext {
  return parseTraceparent(metadata?.['traceparent'], metadata?.['tracestate']) ?? { traceId: hexId(`trace:${recordId}`, 32), traceFlags: 1 }
}

/** The id of a record's span. */
export function spanId(recordId: string): string {
  return hexId(`span:${recordId}`, 16)
}

function parseTraceparent(header: unknown, state: unknown): TraceContext | undefined {
  const parts = typeof header === 'string' ? /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header.trim()) : null
  if (!parts) return undefined
  const [, version, traceId = '', parentSpanId = '', flags = '', more] = parts
  // Version ff is invalid; version 00 has exactly four fields; all-zero ids are invalid.
  if (version === 'ff' || (version === '00' && more !== undefined) || /^0+$/.test(traceId) || /^0+$/.test(parentSpanId)) return undefined
  return {
    traceId,
    parentSpanId,
    traceFlags: Number.parseInt(flags, 16),
    ...(typeof state === 'string' && state !== '' && { traceState: state }),
  }
}

/** Hex digits of a digest; all-zero ids are invalid, and 2^-64 rare enough not to look for. */
function hexId(text: string, digits: number): string {
  return hash('sha256', text, 'hex').slice(0, digits)
}
