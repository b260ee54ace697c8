import { describe, expect, it } from 'vitest'
import { messages } from '../test/tree.ts'
import { errorsDoc } from './errors-doc.ts'
import { renderErrors } from '../errors-page.ts'

const table = {
  too_late: { status: 408, type: 'timeout', retryable: true, help: 'Be quicker | or wait.' },
  no_money: { status: 402, type: 'budget', wireCode: 'budget_exceeded', retryable: false, help: 'Pay.' },
}
const core = { 'packages/core/src/error-table.ts': `export const errorTable = ${JSON.stringify(table)}\n` }

describe('errors-doc', () => {
  it('writes a row a code, with the status as wire code where there is no other', () => {
    const page = renderErrors(table)
    expect(page).toContain('| `too_late` | 408 | `timeout` | `408` | yes | Be quicker \\| or wait. |')
    expect(page).toContain('| `no_money` | 402 | `budget` | `budget_exceeded` | no | Pay. |')
  })

  it('accepts the page that the generator writes', async () => {
    expect(await messages(errorsDoc, { ...core, 'docs/errors.md': renderErrors(table) })).toEqual([])
  })

  it('refuses a missing page and a stale one', async () => {
    expect(await messages(errorsDoc, core)).toEqual([expect.stringContaining('pnpm docs:errors')])
    expect(await messages(errorsDoc, { ...core, 'docs/errors.md': renderErrors({ too_late: table.too_late }) })).toHaveLength(1)
  })
})
