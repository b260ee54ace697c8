import { defaultRegistry, pluginsIn } from '@tianjillm/core'
import { expect, it } from 'vitest'
import * as main from './index.ts'

it('registers the strategies, which the main entry only offers', async () => {
  const plugins = pluginsIn(main)
  await import('./register.ts')
  expect(defaultRegistry().list('strategy')).toEqual(expect.arrayContaining([...plugins]))
  expect(defaultRegistry().get('strategy', 'usage-based-routing')).toBe(main.usageBasedPlugin)
  expect(plugins.map((plugin) => Object.isFrozen(plugin))).toEqual(plugins.map(() => true))
})
