import * as v from 'valibot'

/** Options of the Gemini provider, named as LiteLLM names them. */
export const geminiConfig = v.strictObject({
  api_key: v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description('Gemini API key of Google AI Studio.')),
  api_base: v.optional(v.pipe(v.string(), v.url(), v.description('Address of the API. One that ends with a version (`/v1beta`) is taken as it is.')), 'https://generativelanguage.googleapis.com'),
  api_version: v.optional(v.pipe(v.string(), v.regex(/^v\d+\w*$/), v.description('Version in the path, where `api_base` names none.')), 'v1beta'),
  extra_headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('Headers added to each request.')), {}),
})

export type GeminiConfig = v.InferOutput<typeof geminiConfig>
