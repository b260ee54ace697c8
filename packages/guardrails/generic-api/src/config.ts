import * as v from 'valibot'

const header = v.pipe(v.string(), v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'Write a header name'))
const headerValue = v.pipe(v.string(), v.regex(/^[^\r\n\0]*$/, 'A header value holds no line breaks'))

/** What an operator may write; the names are LiteLLM's, `streaming_window_chars` is ours. */
export const genericApiConfig = v.strictObject({
  api_base: v.pipe(v.string(), v.url(), v.regex(/^https?:/, 'Write an http: or https: URL'), v.metadata({ description: 'Where the service is; the path of the protocol is added unless it is there.' })),
  api_key: v.optional(v.pipe(v.string(), v.nonEmpty(), headerValue, v.metadata({ secret: true, description: 'Sent as `x-api-key`.' }))),
  headers: v.optional(v.pipe(v.record(header, headerValue), v.metadata({ secret: true, description: 'More headers for the service.' })), {}),
  additional_provider_specific_params: v.optional(v.pipe(v.record(v.string(), v.unknown()), v.metadata({ description: 'Sent with every question.' })), {}),
  streaming_window_chars: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000), v.metadata({ description: 'Judges streams in overlapping pieces, with this many characters as the longest finding. Absent: a stream is held back until it is complete.' }))),
})

export type GenericApiConfig = v.InferOutput<typeof genericApiConfig>
