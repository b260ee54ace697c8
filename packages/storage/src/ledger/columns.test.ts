import { getTableConfig } from 'drizzle-orm/pg-core'
import { expect, it } from 'vitest'
import { spendLog, spendUsage, spendUsageMonth, spendUsageSheet } from '../schema.ts'
import { ledgerEntry } from '@tianjillm/spend/contract'
import { sharedColumns, spendLogColumns } from './columns.ts'
import { callRow } from './row-text.ts'
import { sharedRow } from './shared-members.ts'
import { usageKeys, usageSums } from './usage-columns.ts'

it('the columns that are written are those of the schema', () => {
  const columns = getTableConfig(spendLog).columns.map((column) => [column.name, column.getSQLType()])
  expect(spendLogColumns).toEqual(columns)
  const shared = Object.keys(sharedRow(ledgerEntry()))
  expect(new Set(shared)).toEqual(sharedColumns)
  expect([...shared, ...Object.keys(callRow(ledgerEntry()))].toSorted()).toEqual(columns.map(([name]) => name!).toSorted())
})

it('usage is added up into the columns of the schema', () => {
  const names = (table: typeof spendUsage | typeof spendUsageMonth | typeof spendUsageSheet): string[] => getTableConfig(table).columns.map(({ name }) => name)
  const written = [...usageKeys, ...usageSums].map(([name]) => name)
  expect(written).toEqual(names(spendUsage))
  expect(written.map((name) => (name === 'day' ? 'month' : name))).toEqual(names(spendUsageMonth))
  expect(written.toSorted()).toEqual(names(spendUsageSheet).filter((name) => name !== 'row_count').toSorted())
})
