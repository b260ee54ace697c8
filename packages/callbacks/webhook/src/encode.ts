import type { CallPayload } from './map-record.ts'

/** LiteLLM's `log_format`: one JSON array, one JSON object a line, or one object a request. */
export type Format = 'json_array' | 'ndjson' | 'single'

/** A batch as the request's body. With `single` a batch has one item. */
export function encodeBatch(items: readonly CallPayload[], format: Format): { readonly body: string; readonly contentType: string } {
  if (format === 'ndjson') return { body: items.map((item) => JSON.stringify(item)).join('\n'), contentType: 'application/x-ndjson' }
  return { body: JSON.stringify(format === 'single' ? items[0] : items), contentType: 'application/json' }
}
