import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { check, rules } from '../repo-check/check.ts'
import { readRepository } from '../repo-check/repository.ts'
import { goodPackage, writeTree } from '../repo-check/test/tree.ts'
import { generate, type Kind, kinds, parseOrder } from './generate.ts'

const emptyHouse = () => writeTree({
  ...goodPackage('packages/core'),
  ...goodPackage('packages/kits/provider-kit'),
  ...goodPackage('packages/kits/callback-kit'),
  ...goodPackage('packages/kits/test-kit'),
})
const every = Object.keys(kinds) as Kind[]

describe('generate', () => {
  it.each(every)('writes a %s that keeps every rule of the house', async (kind) => {
    const root = emptyHouse()
    generate(root, { kind, name: 'acme-ai' })
    const repository = readRepository(root)
    // `options-doc` imports the plugin, which needs installed kits: the integration test has them.
    expect(await check(repository, rules.filter(({ name }) => name !== 'options-doc'))).toEqual([])
  })

  it.each(every)('leaves no placeholder in a %s', (kind) => {
    const root = emptyHouse()
    for (const file of generate(root, { kind, name: 'acme-ai' })) expect(readFileSync(join(root, file), 'utf8'), file).not.toMatch(/\{\{|\}\}\w/)
  })

  it('uses the name in each of its forms', () => {
    const root = emptyHouse()
    generate(root, { kind: 'secrets', name: 'acme-ai2' })
    const text = (file: string) => readFileSync(join(root, 'packages/secrets/acme-ai2', file), 'utf8')
    expect(JSON.parse(text('package.json'))).toMatchObject({ name: '@tianjillm/secrets-acme-ai2', dependencies: { valibot: 'catalog:' } })
    expect(text('src/plugin.ts')).toContain("name: 'acme-ai2'")
    expect(text('src/plugin.ts')).toContain('ACME_AI2_API_KEY')
    expect(text('src/index.ts')).toContain('type AcmeAi2Config, acmeAi2Config')
  })

  it('does not touch a package that is there', () => {
    const root = emptyHouse()
    generate(root, { kind: 'cache', name: 'acme' })
    expect(() => generate(root, { kind: 'cache', name: 'acme' })).toThrow('packages/caches/acme exists already')
    expect(existsSync(join(root, 'packages/guardrails/acme'))).toBe(false)
  })
})

describe('parseOrder', () => {
  it('takes a kind and a name', () => {
    expect(parseOrder(['provider', 'acme'])).toEqual({ kind: 'provider', name: 'acme' })
  })

  it.each([[['providers', 'acme']], [['provider']], [[]], [['toString', 'acme']], [['cache', 'a', 'b']]])('names the kinds for %j', (words) => {
    expect(() => parseOrder(words)).toThrow(/kind of provider, callback, guardrail, cache, secrets, strategy, archive/)
  })

  it.each(['Acme', 'acme_ai', '../acme', 'acme-', '1acme'])('refuses the name %s', (name) => {
    expect(() => parseOrder(['provider', name])).toThrow(/lower-case words/)
  })
})
