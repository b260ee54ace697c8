import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRoot } from '../workspace/workspace.ts'
import { tableOf, type Vendor, write } from './tables.ts'

/** Writes the price tables anew, after one of the two data packages got a new version. */
const dir = join(findRoot(import.meta.dirname), 'packages/prices/src')
for (const vendor of JSON.parse(readFileSync(join(dir, 'vendors.json'), 'utf8')) as Vendor[]) {
  writeFileSync(join(dir, 'data', `${vendor.name}.json`), write(await tableOf(vendor)))
}
