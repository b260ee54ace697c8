import * as v from 'valibot'

/** What an operator may write in `cache_params`, under LiteLLM's name for the folder. */
export const diskConfig = v.strictObject({
  disk_cache_dir: v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ description: 'The folder. Made when it is not there.' })), '.litellm_cache'),
  max_bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(64 * 1024), v.metadata({ description: 'Bytes of all files together, in blocks of 4 KiB.' })), 1024 ** 3),
  namespace: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]{0,100}$/, 'must be letters, digits, and . _ -'), v.check((name) => !/^\.+$/.test(name), 'must be a name'), v.metadata({ description: 'A folder in the folder, for gateways that share it and not their answers.' })), ''),
})

export type DiskConfig = v.InferOutput<typeof diskConfig>
