import postgres from 'postgres'

/** The ledger as the database has it. */
export interface Books {
  /** Rows of calls that were answered, and their ids. */
  readonly rows: number
  readonly ids: ReadonlySet<string>
  /** Rows of all calls with the key, refused ones too. */
  readonly allRows: number
  /** Nano-USD of all rows. */
  readonly cost: number
  /** Sums of each kind of aggregate that every call belongs to. */
  readonly aggregates: readonly { readonly entity: string; readonly requests: number; readonly cost: number }[]
}

export async function readBooks(url: string): Promise<Books> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const answered = await sql<{ request_id: string }[]>`select request_id from spend_log where status = 'success'`
    const [all] = await sql<{ rows: number; cost: number }[]>`select count(*)::int as rows, coalesce(sum(cost_nano_usd), 0)::float8 as cost from spend_log`
    const aggregates = await sql<{ entity: string; requests: number; cost: number }[]>`
      select entity_kind as entity, sum(requests)::int as requests, sum(cost_nano_usd)::float8 as cost from spend_daily
      where entity_kind in ('total', 'key') group by 1 order by 1`
    return { rows: answered.length, ids: new Set(answered.map(({ request_id }) => request_id)), allRows: all!.rows, cost: all!.cost, aggregates: [...aggregates] }
  } finally {
    await sql.end()
  }
}
