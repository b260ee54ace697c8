import { defaultRegistry } from '@tianjillm/core'
import { costBasedPlugin, latencyBasedPlugin, leastBusyPlugin, simpleShufflePlugin, usageBasedPlugin } from './strategies/plugins.ts'

for (const plugin of [simpleShufflePlugin, leastBusyPlugin, latencyBasedPlugin, costBasedPlugin, usageBasedPlugin]) defaultRegistry().register(plugin)
