import * as v from 'valibot'

/** What an operator may write in `cache_params`, beside `type`, `ttl` and `mode`. */
export const memoryConfig = v.strictObject({
  max_bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1024), v.metadata({ description: 'Bytes of all keys and values together, with what keeping them costs.' })), 64 * 1024 * 1024),
  namespace: v.optional(v.pipe(v.string(), v.metadata({ description: 'Goes before every key.' })), ''),
})

export type MemoryConfig = v.InferOutput<typeof memoryConfig>
