import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findRoot } from '../workspace/workspace.ts'
import { tableOf, type Vendor, write } from './tables.ts'

const dir = join(findRoot(import.meta.dirname), 'packages/prices/src')
const vendors = JSON.parse(readFileSync(join(dir, 'vendors.json'), 'utf8')) as Vendor[]

describe('the price tables are those of the installed data packages (else: pnpm write-prices)', () => {
  it.each(vendors)('$name', async (vendor) => {
    expect(readFileSync(join(dir, 'data', `${vendor.name}.json`), 'utf8')).toBe(write(await tableOf(vendor)))
  })
})
