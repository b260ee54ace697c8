import postgres from 'postgres'

/** A database of its own on the PostgreSQL server of this machine (`TEST_POSTGRES_URL`, default: local, no password). */
export interface TestDatabase {
  readonly url: string
  drop(): Promise<void>
}

/** Undefined when there is no server; in CI that is an error. */
export async function createDatabase(): Promise<TestDatabase | undefined> {
  const base = process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'
  const name = `tianjillm_test_${crypto.randomUUID().replaceAll('-', '')}`
  const admin = postgres(base, { max: 1, connect_timeout: 3, onnotice: () => {} })
  try {
    await admin.unsafe(`create database ${name}`)
  } catch (error) {
    await admin.end({ timeout: 1 })
    if (process.env['CI']) throw error
    return undefined
  }
  const url = new URL(base)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
