/** How to reach a server, from a URL as operators have it. */
export interface ServerAddress {
  /** Without the parameters that only Prisma understands: PostgreSQL refuses what it does not know. */
  readonly url: string
  readonly maxConnections?: number
  readonly schema?: string
  /** Seconds. */
  readonly connectTimeout?: number
  /** False where a pooler gives each transaction another session, so that no statement stays prepared. */
  readonly prepare?: false
}

/** Parameters of Prisma's URLs (LiteLLM's `DATABASE_URL`): https://www.prisma.io/docs/orm/overview/databases/postgresql */
const prismaOnly = ['connection_limit', 'pool_timeout', 'schema', 'pgbouncer', 'connect_timeout', 'socket_timeout', 'statement_cache_size', 'sslaccept', 'sslidentity', 'sslpassword', 'max_idle_connection_lifetime', 'max_connection_lifetime']

/** @throws Error for something that is no PostgreSQL URL, without repeating it: it holds a password */
export function readServerAddress(text: string): ServerAddress {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new Error('The database URL cannot be read. Write postgresql://user:password@host:5432/database, with special characters of the password percent-encoded.')
  }
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw new Error(`The database URL must begin with postgresql://, found ${url.protocol}//.`)
  const number = (name: string): number | undefined => {
    const value = Number(url.searchParams.get(name) ?? Number.NaN)
    return Number.isInteger(value) && value > 0 ? value : undefined
  }
  const maxConnections = number('connection_limit')
  const connectTimeout = number('connect_timeout')
  const schema = url.searchParams.get('schema') ?? undefined
  const pooled = url.searchParams.get('pgbouncer') === 'true'
  for (const name of prismaOnly) url.searchParams.delete(name)
  return { url: url.href, ...(maxConnections !== undefined && { maxConnections }), ...(connectTimeout !== undefined && { connectTimeout }), ...(schema !== undefined && { schema }), ...(pooled && { prepare: false }) }
}
