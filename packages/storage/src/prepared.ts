import type { Sql, TransactionSql } from 'postgres'

type Client = Pick<Sql, 'unsafe' | 'begin' | 'options'>

/**
 * The same connections for drizzle, which asks for no prepared statements: with parameters PostgreSQL is then asked
 * twice each time, and plans anew. For statements of which there are few texts, because each connection keeps them.
 * Behind a pooler that cannot have them (`pgbouncer=true`) nothing changes.
 */
export function prepared(sql: Sql): Sql {
  return Object.create(sql, {
    unsafe: { value: (...[text, parameters]: Parameters<Client['unsafe']>) => sql.unsafe(text, parameters, { prepare: true }) },
    begin: { value: (work: (tx: TransactionSql) => Promise<unknown>) => sql.begin((tx) => work(preparedTransaction(tx))) },
  }) as Sql
}

function preparedTransaction(tx: TransactionSql): TransactionSql {
  return Object.create(tx, { unsafe: { value: (...[text, parameters]: Parameters<Client['unsafe']>) => tx.unsafe(text, parameters, { prepare: true }) } }) as TransactionSql
}
