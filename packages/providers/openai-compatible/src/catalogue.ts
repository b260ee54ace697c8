import * as v from 'valibot'
import rows from './catalogue.json' with { type: 'json' }

const text = v.pipe(v.string(), v.nonEmpty())
const fields = v.array(text)

/** One upstream of the catalogue. Adding one is adding a row to `catalogue.json`. */
export const catalogueRow = v.strictObject({
  /** What a model string begins with (`groq/llama-3.3-70b`), LiteLLM's name where it has one. */
  name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]*$/)),
  aliases: v.optional(fields, []),
  /** The vendor's page that the row was written from. */
  docs: v.pipe(v.string(), v.url()),
  /** Absent where every operator has an own address. */
  api_base: v.optional(v.pipe(v.string(), v.url())),
  /** Environment variables that may hold the key, first found wins. */
  key_env: fields,
  /** Environment variables that may hold another address. */
  base_env: v.optional(fields, []),
  /** True where servers commonly run without a key. */
  key_optional: v.optional(v.boolean(), false),
  operations: v.optional(v.array(v.picklist(['chat', 'completions', 'embeddings'])), ['chat']),
  /** Where the vendor has a Responses API of its own: the page that says so, and whether it keeps what it answered. Absent: it has none. */
  responses: v.optional(v.strictObject({ docs: v.pipe(v.string(), v.url()), keeps: v.boolean() })),
  quirks: v.optional(v.strictObject({
    unsupported: v.optional(fields),
    rename: v.optional(v.record(text, text)),
    keeps: v.optional(v.array(v.picklist(['cache_control', 'reasoning_content', 'thinking_blocks', 'provider_specific_fields', 'thinking']))),
    reasoningField: v.optional(text),
    finishReasons: v.optional(v.record(text, v.picklist(['stop', 'length', 'tool_calls', 'content_filter']))),
    contentParts: v.optional(v.boolean()),
    usageInEachChunk: v.optional(v.boolean()),
    usageInChoice: v.optional(v.boolean()),
    asksForStreamUsage: v.optional(v.boolean()),
    maxTemperature: v.optional(v.number()),
    textContentOnly: v.optional(v.boolean()),
  }), {}),
})

export type CatalogueRow = v.InferOutput<typeof catalogueRow>

/** Every upstream that this package knows. */
export const catalogue: readonly CatalogueRow[] = v.parse(v.array(catalogueRow), rows)
