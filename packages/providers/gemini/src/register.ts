import { defaultRegistry } from '@tianjillm/core'
import { geminiPlugin } from './plugin.ts'

defaultRegistry().register(geminiPlugin)
