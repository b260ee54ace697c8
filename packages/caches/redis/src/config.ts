import * as v from 'valibot'

const text = v.pipe(v.string(), v.nonEmpty())
/** From a variable of the environment it comes as text. */
const whole = (most: number) => v.pipe(v.union([v.number(), v.pipe(v.string(), v.digits('must be a whole number'))], 'must be a whole number'), v.transform(Number), v.integer('must be a whole number'), v.minValue(0), v.maxValue(most))
const flag = v.pipe(v.union([v.boolean(), v.picklist(['True', 'true', '1', 'yes', 'False', 'false', '0', 'no'])], 'must be true or false'), v.transform((value) => value === true || /^(?:true|1|yes)$/i.test(String(value))))

const shape = 'must be a list of nodes such as [{"host": "127.0.0.1", "port": 7001}] or [["127.0.0.1", 26379]]'
const node = v.pipe(
  v.union([v.object({ host: text, port: whole(65_535) }), v.pipe(v.tuple([text, whole(65_535)]), v.transform(([host, port]) => ({ host, port })))], shape),
  v.check(({ port }) => port > 0, shape),
)
/** A list, or (from a variable of the environment) its JSON. */
const nodes = (description: string) => v.pipe(
  v.union([v.pipe(v.string(), v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return JSON.parse(dataset.value) as unknown
    } catch {
      addIssue({ message: shape })
      return NEVER
    }
  })), v.array(v.unknown())], shape),
  v.array(node, shape), v.minLength(1, shape), v.metadata({ description }),
)
const described = <S extends v.GenericSchema>(schema: S, description: string, secret = false) => v.pipe(schema, v.metadata({ description, ...(secret && { secret: true }) }))

/** What an operator may write in `cache_params`, under LiteLLM's names. Source: https://docs.litellm.ai/docs/proxy/caching_redis */
export const redisConfig = v.pipe(
  v.strictObject({
    url: v.optional(described(v.pipe(v.string(), v.regex(/^rediss?:\/\//, 'must be a URL such as `redis://user:password@host:6379/0`')), '`redis://user:password@host:port/db`, `rediss://` for TLS.', true)),
    host: v.optional(described(text, 'Name or address of the server.')),
    port: v.optional(described(whole(65_535), 'Its port. 6379 when absent.')),
    username: v.optional(described(v.string(), 'Name of the ACL user.')),
    password: v.optional(described(v.string(), 'Its password, or the server\'s.', true)),
    db: v.optional(described(whole(65_535), 'Number of the database. Not on a Cluster.')),
    ssl: v.optional(described(flag, 'TLS.')),
    ssl_ca_certs: v.optional(described(text, 'File with the authorities to trust, PEM.')),
    ssl_cert_reqs: v.optional(described(v.nullable(v.picklist(['required', 'optional', 'none'])), '`none` or null takes any certificate.')),
    ssl_check_hostname: v.optional(described(flag, 'false takes a certificate of another host.')),
    redis_startup_nodes: v.optional(nodes('Some nodes of a Cluster.')),
    startup_nodes: v.optional(nodes('The same, by its older name.')),
    sentinel_nodes: v.optional(nodes('Sentinels that know the master.')),
    service_name: v.optional(described(text, 'What the Sentinels call the master. `mymaster` when absent.')),
    sentinel_password: v.optional(described(v.string(), 'Password of the Sentinels.', true)),
    namespace: v.optional(described(v.pipe(v.string(), v.regex(/^[\w.:-]{1,100}$/, 'must be letters, digits, and . : _ -')), 'Begins the name of every key.'), 'tianjillm'),
    redis_url: v.optional(described(v.pipe(v.string(), v.regex(/^rediss?:\/\//, 'must be a URL such as `redis://user:password@host:6379/0`')), 'As `url`, where neither `url` nor `host` is given.', true)),
    redis_semantic_cache_index_name: v.optional(described(v.pipe(v.string(), v.regex(/^[\w.:-]{1,100}$/, 'must be letters, digits, and . : _ -')), 'Name of the index of similar questions; the vectors\' length is added to it. `<namespace>:cache` when absent.')),
    max_connections: v.optional(described(whole(65_535), 'Taken for LiteLLM\'s sake: one connection serves all.')),
    redis_flush_size: v.optional(described(whole(65_535), 'Taken for LiteLLM\'s sake: every answer is written at once.')),
  }),
  v.check(({ url, host, redis_url, redis_startup_nodes, startup_nodes, sentinel_nodes }) => [url, host, redis_url, redis_startup_nodes, startup_nodes, sentinel_nodes].some((one) => one !== undefined), 'names no Redis: set host, url, redis_startup_nodes or sentinel_nodes, or REDIS_HOST or REDIS_URL in the environment'),
)

export type RedisConfig = v.InferOutput<typeof redisConfig>
