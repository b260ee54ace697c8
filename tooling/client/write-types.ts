import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRoot } from '../workspace/workspace.ts'
import { startWholeGateway } from './document.ts'
import { TYPES_FILE, typesOf } from './types.ts'

await using gateway = await startWholeGateway()
writeFileSync(join(findRoot(import.meta.dirname), TYPES_FILE), await typesOf(await gateway.document()))
console.log(`wrote ${TYPES_FILE}`)
