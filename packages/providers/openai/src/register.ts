import { defaultRegistry } from '@tianjillm/core'
import { openaiPlugin } from './plugin.ts'

defaultRegistry().register(openaiPlugin)
