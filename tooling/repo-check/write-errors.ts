import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findRoot } from '../workspace/workspace.ts'
import { currentErrors, errorsPage } from './errors-page.ts'

const root = findRoot(import.meta.dirname)
const text = await currentErrors(root)
if (text === undefined) throw new Error('packages/core/src/error-table.ts is missing')
mkdirSync(dirname(join(root, errorsPage)), { recursive: true })
writeFileSync(join(root, errorsPage), text)
console.log(`wrote ${errorsPage}`)
