import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findRoot } from '../workspace/workspace.ts'
import { startWholeGateway, type WholeGateway } from './document.ts'
import { TYPES_FILE, typesOf } from './types.ts'

/** A page, and no operation of a client. */
const pages = new Set(['/docs'])

describe('the OpenAPI document of a whole gateway', () => {
  let gateway: WholeGateway
  let document: { readonly paths: Readonly<Record<string, object>> }

  beforeAll(async () => {
    gateway = await startWholeGateway()
    document = (await gateway.document()) as typeof document
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  it('gives the types that the client has; `pnpm client:types` writes them', async () => {
    const current = readFileSync(join(findRoot(import.meta.dirname), TYPES_FILE), 'utf8') === (await typesOf(document))
    expect(current, `${TYPES_FILE} is out of date: run \`pnpm client:types\``).toBe(true)
  })

  it('tells of every route that asks no model', () => {
    const told = new Set(Object.keys(document.paths))
    const routes = gateway.routes.filter(({ kind, paths: [first] }) => kind === 'query' && !pages.has(first!))
    expect(routes.length).toBeGreaterThan(50)
    expect(routes.flatMap(({ paths }) => paths.slice(0, 1)).map((path) => path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')).filter((path) => !told.has(path))).toEqual([])
  })
})
