import * as v from 'valibot'
import type { CatalogueRow } from './catalogue.ts'

const key = v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description('API key, sent as `Authorization: Bearer`.'))
const address = v.pipe(v.string(), v.url(), v.description('Address of the API.'))

/** Options of an OpenAI-compatible upstream, named as LiteLLM names them. */
export const openaiCompatibleConfig = v.strictObject({
  api_key: v.optional(key),
  api_base: address,
  extra_headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('Headers added to each request.')), {}),
})

export type OpenAICompatibleConfig = v.InferOutput<typeof openaiCompatibleConfig>

/** The options for one row: its address is the default, its key is required unless the row says otherwise. */
export function configFor(row: CatalogueRow): v.GenericSchema<unknown, OpenAICompatibleConfig> {
  return v.strictObject({
    ...openaiCompatibleConfig.entries,
    ...(!row.key_optional && { api_key: key }),
    ...(row.api_base !== undefined && { api_base: v.optional(address, row.api_base) }),
  }) as v.GenericSchema<unknown, OpenAICompatibleConfig>
}
