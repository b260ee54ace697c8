import { describe, expect, it } from 'vitest'
import { GatewayError } from './error.ts'
import type { Plugin } from './plugin/index.ts'
import { createRegistry, defaultRegistry, pluginsIn } from './registry.ts'

const schema = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } }
const plugin = (over: object = {}): Plugin => ({ apiVersion: 1, kind: 'provider', name: 'acme', version: '1.0.0', config: schema, create: () => ({}), ...over }) as unknown as Plugin

describe('registry', () => {
  it('finds a plugin by its name and aliases, within its kind only', () => {
    const registry = createRegistry()
    const acme = plugin({ aliases: ['acme-ai'] })
    registry.register(acme)
    expect(registry.get('provider', 'acme')).toBe(acme)
    expect(registry.get('provider', 'acme-ai')).toBe(acme)
    expect(registry.get('callback', 'acme')).toBeUndefined()
    expect(registry.get('provider', 'constructor')).toBeUndefined()
  })

  it('takes the same plugin twice and lists it once', () => {
    const registry = createRegistry()
    const acme = plugin({ aliases: ['other'] })
    registry.register(acme)
    registry.register(acme)
    expect(registry.list()).toEqual([acme])
    expect(registry.list('cache')).toEqual([])
  })

  it.each([{}, { name: 'new', aliases: ['acme'] }])('refuses a second plugin under a taken name %j', (over) => {
    const registry = createRegistry()
    registry.register(plugin())
    expect(() => registry.register(plugin({ version: '2.0.0', ...over }))).toThrow(/Two provider plugins are called "acme" \(versions 1\.0\.0 and 2\.0\.0\)/)
  })

  it.each([
    ['a text', 'acme', 'must be an object'],
    ['null', null, 'found null'],
    ['no name', plugin({ name: undefined }), '`name`'],
    ['a name in capitals', plugin({ name: 'Acme' }), '`name`'],
    ['a later contract', plugin({ apiVersion: 2 }), '`apiVersion` must be 1 (the contract that this core speaks), found 2'],
    ['an unknown kind', plugin({ kind: 'wizard' }), '`kind`'],
    ['no version', plugin({ version: 1 }), '`version`'],
    ['no schema', plugin({ config: {} }), '`config`'],
    ['no create', plugin({ create: undefined }), '`create`'],
  ])('refuses %s, naming the field', (_name, bad, words) => {
    const register = (): void => createRegistry().register(bad as Plugin)
    expect(register).toThrow(GatewayError)
    expect(register).toThrow(words)
  })

  it('is one per process by default', () => {
    expect(defaultRegistry()).toBe(defaultRegistry())
  })

  it('finds the plugins of a module, also in lists, each once', () => {
    const [one, two] = [plugin(), plugin({ name: 'two' })]
    expect(pluginsIn({ one, again: one, all: [one, two], version: '1', config: schema })).toEqual([one, two])
  })
})
