import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ErrorEntry } from '@tianjillm/core'

export const errorsPage = 'docs/errors.md'

/** The text of docs/errors.md for a table of errors. */
export function renderErrors(table: Readonly<Record<string, ErrorEntry>>): string {
  const rows = Object.entries(table).map(([code, entry]) =>
    `| \`${code}\` | ${entry.status} | \`${entry.type}\` | \`${entry.wireCode ?? entry.status}\` | ${entry.retryable ? 'yes' : 'no'} | ${entry.help.replaceAll('|', '\\|')} |`)
  return [
    '# Errors',
    '',
    '<!-- Written by `pnpm docs:errors` from packages/core/src/error-table.ts. -->',
    '',
    'What the gateway answers when something goes wrong. `code` is our word and stands in logs and the decision trace; `error.type` and `error.code` are what a client of the OpenAI dialect sees.',
    '',
    '| code | status | error.type | error.code | retryable | what it means, what to do |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

/** What docs/errors.md should say in this tree, or undefined when it has no core. */
export async function currentErrors(root: string): Promise<string | undefined> {
  const file = join(root, 'packages/core/src/error-table.ts')
  if (!existsSync(file)) return undefined
  const { errorTable } = (await import(pathToFileURL(file).href)) as { errorTable: Readonly<Record<string, ErrorEntry>> }
  return renderErrors(errorTable)
}
