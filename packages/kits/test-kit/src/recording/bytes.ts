import type { RecordedResponse } from './types.ts'

/** The recorded body as it came over the wire. */
export function responseBytes({ body, raw, rawBase64 }: RecordedResponse): Buffer {
  if (rawBase64 !== undefined) return Buffer.from(rawBase64, 'base64')
  return Buffer.from(raw ?? (body === undefined ? '' : JSON.stringify(body)))
}
