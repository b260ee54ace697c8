import { describe, expect, it } from 'vitest'
import { goodPackage, messages } from '../test/tree.ts'
import { readme } from './readme.ts'

describe('readme', () => {
  const acme = 'packages/providers/acme'
  const withReadme = (text: string) => messages(readme, { ...goodPackage(acme), [`${acme}/README.md`]: text })
  const example = '\n```ts\nacme()\n```\n'

  it('accepts the npm name and an example', async () => {
    expect(await withReadme(`# @tianjillm/providers-acme\n${example}`)).toEqual([])
  })

  it('wants the file', async () => {
    const { [`${acme}/README.md`]: _readme, ...rest } = goodPackage(acme)
    expect(await messages(readme, rest)).toEqual([expect.stringContaining('no README')])
  })

  it('wants the npm name first', async () => {
    expect(await withReadme(`# Acme\n${example}`)).toEqual([expect.stringContaining('Write `# @tianjillm/providers-acme`')])
  })

  it('wants the example early', async () => {
    expect(await withReadme(`# @tianjillm/providers-acme\n${'\n'.repeat(25)}${example}`)).toEqual([expect.stringContaining('Move a runnable example up')])
  })

  it('wants the README of an integration to be short', async () => {
    expect(await withReadme(`# @tianjillm/providers-acme\n${example}${'more\n'.repeat(90)}`)).toEqual([expect.stringContaining('at most 80')])
  })

  it('asks an app for its name, not for a ts block', async () => {
    const app = { ...goodPackage('apps/proxy'), 'apps/proxy/README.md': '# @tianjillm/proxy\n\n```sh\ntianjillm\n```\n' }
    expect(await messages(readme, app)).toEqual([])
  })
})
