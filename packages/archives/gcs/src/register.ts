import { defaultRegistry } from '@tianjillm/core'
import { gcsPlugin } from './plugin.ts'

defaultRegistry().register(gcsPlugin)
