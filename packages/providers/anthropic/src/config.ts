import * as v from 'valibot'

/** Options of the Anthropic provider, named as LiteLLM names them. */
export const anthropicConfig = v.strictObject({
  api_key: v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description('Anthropic API key, or an OAuth token (`sk-ant-oat...`).')),
  api_base: v.optional(v.pipe(v.string(), v.url(), v.description('Address of the API, with or without `/v1/messages`.')), 'https://api.anthropic.com'),
  anthropic_version: v.optional(v.pipe(v.string(), v.nonEmpty(), v.description('Sent as `anthropic-version`.')), '2023-06-01'),
  anthropic_beta: v.optional(v.pipe(v.union([v.string(), v.array(v.string())]), v.description('Beta features for each request, sent as `anthropic-beta`: a list, or names with commas between.')), []),
  extra_headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('Headers added to each request.')), {}),
})

export type AnthropicConfig = v.InferOutput<typeof anthropicConfig>
