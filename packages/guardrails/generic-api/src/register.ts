import { defaultRegistry } from '@tianjillm/core'
import { genericApiPlugin } from './plugin.ts'

defaultRegistry().register(genericApiPlugin)
