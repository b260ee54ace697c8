import { defaultRegistry } from '@tianjillm/core'
import { localPlugin } from './plugin.ts'

defaultRegistry().register(localPlugin)
