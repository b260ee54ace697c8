import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findRoot } from '../workspace/workspace.ts'
import { startWholeGateway } from './document.ts'
import { TYPES_FILE, typesOf } from './types.ts'

it('the types of the client are what the document gives; `pnpm client:types` writes them', async () => {
  await using gateway = await startWholeGateway()
  expect(readFileSync(join(findRoot(import.meta.dirname), TYPES_FILE), 'utf8') === await typesOf(await gateway.document()), `${TYPES_FILE} is out of date: run \`pnpm client:types\``).toBe(true)
})
