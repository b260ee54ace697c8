import type { Cache, Clock } from '@tianjillm/core'
import { type Database, plainError } from './database.ts'

export interface PgvectorCacheOptions {
  readonly database: Database
  readonly clock: Clock
  readonly table: string
  readonly namespace: string
}

/** Milliseconds between two sweeps of what is over. */
const SWEEP_MS = 60_000
/** Names the lock under which the tables are made, so that replicas which start together do not trip over each other. */
const LOCK = 7_241_563_018

/**
 * Answers and similar entries in two tables. A partition is searched whole, through an index on its name: partitions are
 * small, and an approximate index of all vectors would lose entries of small ones.
 */
export function createPgvectorCache({ database, clock, table, namespace }: PgvectorCacheOptions): Cache {
  const answers = `${table}_answers`
  const similar = `${table}_similar`
  let made: Promise<void> | undefined
  let sweptAt = -Infinity

  const ready = (): Promise<void> => (made ??= database.script(schema(answers, similar)).catch((error: unknown) => {
    made = undefined
    throw plainError(error)
  }))
  const run = async (text: string, ...values: Parameters<Database['query']>[1]): ReturnType<Database['query']> => {
    await ready()
    return database.query(text, values)
  }
  /** Entries that are over are never found; now and then they are removed too, and nobody waits for it. */
  const sweep = (): void => {
    const now = clock.monotonic()
    if (now - sweptAt < SWEEP_MS) return
    sweptAt = now
    for (const each of [answers, similar]) run(`delete from ${each} where ends_at <= $1`, clock.now()).catch(() => {})
  }
  const endOf = (ttlMs: number): number => Math.ceil(clock.now() + ttlMs)

  return {
    async get(key) {
      const [row] = await run(`select value from ${answers} where namespace = $1 and key = $2 and ends_at > $3`, namespace, key, clock.now())
      return row?.['value'] as Uint8Array | undefined
    },
    async set(key, value, ttlMs) {
      sweep()
      await run(`insert into ${answers} (namespace, key, value, ends_at) values ($1, $2, $3, $4) on conflict (namespace, key) do update set value = excluded.value, ends_at = excluded.ends_at`, namespace, key, value, endOf(ttlMs))
    },
    async delete(key) {
      await Promise.all([answers, similar].map((each) => run(`delete from ${each} where namespace = $1 and key = $2`, namespace, key)))
    },
    async clear() {
      await Promise.all([answers, similar].map((each) => run(`delete from ${each} where namespace = $1`, namespace)))
    },
    async ping() {
      await run('select 1')
    },
    similar: {
      async nearest(partition, vector) {
        const [row] = await run(
          `select key, value, 1 - (vector <=> $4::text::vector) as similarity from ${similar} where namespace = $1 and partition = $2 and ends_at > $3 order by vector <=> $4::text::vector limit 1`,
          namespace, partition, clock.now(), textOf(vector),
        )
        const similarity = Number(row?.['similarity'])
        return row && Number.isFinite(similarity) ? { key: row['key'] as string, value: row['value'] as Uint8Array, similarity } : undefined
      },
      async set({ partition, key, vector, value }, ttlMs) {
        sweep()
        await run(
          `insert into ${similar} (namespace, key, partition, vector, value, ends_at) values ($1, $2, $3, $4::text::vector, $5, $6) on conflict (namespace, key) do update set partition = excluded.partition, vector = excluded.vector, value = excluded.value, ends_at = excluded.ends_at`,
          namespace, key, partition, textOf(vector), value, endOf(ttlMs),
        )
      },
    },
    close: () => database.close(),
  }
}

/** Unlogged: written at half the price, and empty after a crash of the server, which a cache may be. */
function schema(answers: string, similar: string): string {
  return `
    select pg_advisory_xact_lock(${LOCK});
    create extension if not exists vector;
    create unlogged table if not exists ${answers} (namespace text not null, key text not null, value bytea not null, ends_at double precision not null, primary key (namespace, key));
    create unlogged table if not exists ${similar} (namespace text not null, key text not null, partition text not null, vector vector not null, value bytea not null, ends_at double precision not null, primary key (namespace, key));
    create index if not exists ${similar}_partition on ${similar} (namespace, partition);
    create index if not exists ${answers}_ends_at on ${answers} (ends_at);
    create index if not exists ${similar}_ends_at on ${similar} (ends_at);
  `
}

/** pgvector's text form. */
function textOf(vector: Float32Array): string {
  return `[${vector.join(',')}]`
}
