import { getTableConfig } from 'drizzle-orm/pg-core'
import { expect, it } from 'vitest'
import { spendLog } from '../schema.ts'
import { ledgerEntry } from '@tianjillm/spend/contract'
import { spendLogColumns } from './columns.ts'
import { toRow } from './written-row.ts'

it('the columns that are written are those of the schema', () => {
  const columns = getTableConfig(spendLog).columns.map((column) => [column.name, column.getSQLType()])
  expect(spendLogColumns).toEqual(columns)
  expect(Object.keys(toRow(ledgerEntry()))).toEqual(columns.map(([name]) => name))
})
