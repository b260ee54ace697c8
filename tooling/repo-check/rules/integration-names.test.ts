import { describe, expect, it } from 'vitest'
import { goodPackage, messages } from '../test/tree.ts'
import { integrationNames } from './integration-names.ts'

describe('integration-names', () => {
  const house = {
    ...goodPackage('packages/core'),
    ...goodPackage('packages/server/gateway'),
    ...goodPackage('packages/providers/openai'),
    ...goodPackage('packages/callbacks/acme-logs'),
    'packages/callbacks/acme-logs/src/plugin.ts': "export const plugin = Object.freeze({ apiVersion: 1, name: 'acme_llm_logs', aliases: ['acme_old'], schema: { name: 'inner' } })\n",
  }

  it.each(['acme-logs', 'acme_logs', 'acme_llm_logs', 'acme_old'])('refuses %s in the server, by folder, name or alias', async (name) => {
    const found = await messages(integrationNames, { ...house, 'packages/server/gateway/src/a.ts': `\nexport const special = (name: string) => name === '${name}'\n` })
    expect(found).toEqual([expect.stringContaining(`packages/server/gateway/src/a.ts:2: [integration-names] "${name}" names the integration in packages/callbacks/acme-logs`)])
  })

  it('sees a template without holes', async () => {
    expect(await messages(integrationNames, { ...house, 'packages/core/src/a.ts': 'export const a = `acme-logs`\n' })).toHaveLength(1)
  })

  it('accepts dialect words, longer texts, and other names in the plugin', async () => {
    expect(await messages(integrationNames, { ...house, 'packages/server/gateway/src/a.ts': "export const a = ['openai', 'acme-logs are fine', 'inner']\n" })).toEqual([])
  })

  it('accepts names in tests, in apps and in the integration itself', async () => {
    const text = "export const a = 'acme-logs'\n"
    expect(await messages(integrationNames, {
      ...house,
      ...goodPackage('apps/proxy'),
      'packages/core/src/a.test.ts': text,
      'apps/proxy/src/a.ts': text,
      'packages/callbacks/acme-logs/src/a.ts': text,
    })).toEqual([])
  })
})
