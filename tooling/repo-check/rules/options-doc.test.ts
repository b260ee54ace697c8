import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { goodPackage, messages } from '../test/tree.ts'
import { optionsTable, withOptions } from '../options-table.ts'
import { optionsDoc } from './options-doc.ts'

const config = v.strictObject({
  api_key: v.pipe(v.string(), v.transform((text) => ({ text })), v.metadata({ secret: true })),
  api_base: v.optional(v.pipe(v.string(), v.description('Where it is.')), 'https://acme.example'),
  mode: v.optional(v.picklist(['fast', 'slow'])),
  regions: v.optional(v.array(v.string())),
  token: v.optional(v.pipe(v.string(), v.metadata({ secret: true }))),
  limit: v.union([v.number(), v.literal('none')]),
})

describe('optionsTable', () => {
  const table = optionsTable({ config, env: { api_key: ['ACME_KEY'] } })
  it.each([
    ['a secret behind a transformation, with its variable', '| `api_key` | string |  | Secret. From `ACME_KEY` when absent. |'],
    ['a default and a description', '| `api_base` | string | `"https://acme.example"` | Where it is. |'],
    ['choices', '| `mode` | `"fast"` or `"slow"` |  |  |'],
    ['lists', '| `regions` | list of string |  |  |'],
    ['an optional secret', '| `token` | string |  | Secret. |'],
    ['what must be given', '| `limit` | number or `"none"` | required |  |'],
  ])('tells %s', (_, row) => {
    expect(table.split('\n')).toContain(row)
  })

  it('says so when there are none', () => {
    expect(optionsTable({ config: v.strictObject({}) })).toBe('No options.')
  })
})

describe('withOptions', () => {
  it('fills the place, and fills it again without growing', () => {
    const once = withOptions('before\n<!-- options -->\nafter\n', 'TABLE')
    expect(once).toBe('before\n<!-- options -->\nTABLE\n<!-- /options -->\nafter\n')
    expect(withOptions(once as string, 'NEW')).toBe('before\n<!-- options -->\nNEW\n<!-- /options -->\nafter\n')
  })
})

describe('options-doc', () => {
  const acme = 'packages/providers/acme'
  const tree = (readme: string) => ({
    ...goodPackage(acme),
    [`${acme}/src/plugin.ts`]: "import * as v from 'valibot'\nexport const acmePlugin = { apiVersion: 1, kind: 'provider', name: 'acme', config: v.strictObject({ api_key: v.string() }) }\n",
    [`${acme}/README.md`]: readme,
  })
  const row = '| option | type | default | |\n|---|---|---|---|\n| `api_key` | string | required |  |'

  it('accepts the table of the schema', async () => {
    expect(await messages(optionsDoc, tree(`# acme\n<!-- options -->\n${row}\n<!-- /options -->\n`))).toEqual([])
  })

  it('refuses a stale table and a README without a place for one', async () => {
    expect(await messages(optionsDoc, tree('# acme\n<!-- options -->\nold\n<!-- /options -->\n'))).toEqual([expect.stringContaining('pnpm docs:options')])
    expect(await messages(optionsDoc, tree('# acme\n'))).toEqual([expect.stringContaining('<!-- options -->')])
  })
})
