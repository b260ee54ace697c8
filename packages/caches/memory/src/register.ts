import { defaultRegistry } from '@tianjillm/core'
import { memoryPlugin } from './plugin.ts'

defaultRegistry().register(memoryPlugin)
