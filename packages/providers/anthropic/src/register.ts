import { defaultRegistry } from '@tianjillm/core'
import { anthropicPlugin } from './plugin.ts'

defaultRegistry().register(anthropicPlugin)
