import { defaultRegistry } from '@tianjillm/core'
import { openaiCompatiblePlugins } from './plugin.ts'

for (const plugin of openaiCompatiblePlugins) defaultRegistry().register(plugin)
