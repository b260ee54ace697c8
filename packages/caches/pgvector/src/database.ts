/** A value of a query. Bytes are `bytea`. */
export type Value = string | number | Uint8Array

/** A PostgreSQL, wherever it is. */
export interface Database {
  /** Runs one statement. Numbers of 8 bytes come as text. */
  query(text: string, values: readonly Value[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Runs several statements as one transaction. */
  script(text: string): Promise<void>
  close(): Promise<void>
}

/** An error of the database without the statement and its values: those are callers' texts. */
export function plainError(error: unknown): Error {
  const { message, code } = error as { message?: unknown; code?: unknown }
  return Object.assign(new Error(typeof message === 'string' ? message : String(error)), typeof code === 'string' && { code })
}
