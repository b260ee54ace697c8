import { defaultRegistry } from '@tianjillm/core'
import { diskPlugin } from './plugin.ts'

defaultRegistry().register(diskPlugin)
