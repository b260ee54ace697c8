import * as v from 'valibot'

const described = <S extends v.GenericSchema>(schema: S, description: string, secret = false) => v.pipe(schema, v.metadata({ description, ...(secret && { secret: true }) }))

/** What an operator may write in `cache_params`. */
export const pgvectorConfig = v.pipe(
  v.strictObject({
    url: v.optional(described(v.pipe(v.string(), v.regex(/^postgres(?:ql)?:\/\//, 'must be a URL such as `postgres://user:password@host:5432/database`')), '`postgres://user:password@host:5432/database` of a server that has pgvector.', true)),
    data_dir: v.optional(described(v.pipe(v.string(), v.nonEmpty()), 'A folder for an embedded PostgreSQL, in place of `url`. One process at a time uses it.')),
    table: v.optional(described(v.pipe(v.string(), v.regex(/^[a-z_][a-z0-9_]{0,40}$/, 'must be lower-case letters, digits and _')), 'Begins the names of the two tables.'), 'tianjillm_cache'),
    namespace: v.optional(described(v.pipe(v.string(), v.maxLength(100)), 'Keeps apart the answers of gateways that share the tables.'), ''),
    max_connections: v.optional(described(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 'Connections to the server, at most.'), 5),
  }),
  v.check(({ url, data_dir }) => (url === undefined) !== (data_dir === undefined), 'names no database, or two: set either url or data_dir'),
)

export type PgvectorConfig = v.InferOutput<typeof pgvectorConfig>
