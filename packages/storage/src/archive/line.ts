import { spendLogColumns } from '../ledger/columns.ts'

/** Moments as JSON has them, whatever the session's time zone. */
const valueOf = ([name, type]: (typeof spendLogColumns)[number]): string => (type.startsWith('timestamp') ? `to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : name)

/** A row of the spend log as one line of JSON: its columns by name, without those that are null. Written by the database, so that no number loses a digit. */
export const lineOf = `json_strip_nulls(json_build_object(${spendLogColumns.map((column) => `'${column[0]}', ${valueOf(column)}`).join(', ')}))::text`
