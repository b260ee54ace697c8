import * as v from 'valibot'

/** Options of the OpenAI provider, named as LiteLLM names them. */
export const openaiConfig = v.strictObject({
  api_key: v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description('OpenAI API key.')),
  api_base: v.optional(v.pipe(v.string(), v.url(), v.description('Address of the API.')), 'https://api.openai.com/v1'),
  organization: v.optional(v.pipe(v.string(), v.description('Sent as `OpenAI-Organization`.'))),
  project: v.optional(v.pipe(v.string(), v.description('Sent as `OpenAI-Project`.'))),
  extra_headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('Headers added to each request.')), {}),
})

export type OpenAIConfig = v.InferOutput<typeof openaiConfig>
