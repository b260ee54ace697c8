import { defaultRegistry, pluginsIn } from '@tianjillm/core'
import { expect, it } from 'vitest'
import * as main from './index.ts'

it('registers the plugin, which the main entry only offers', async () => {
  const [plugin] = pluginsIn(main)
  await import('./register.ts')
  expect(defaultRegistry().get('archive', 'gcs')).toBe(plugin)
  expect(Object.isFrozen(plugin)).toBe(true)
})
