import { defaultRegistry } from '@tianjillm/core'
import { contentFilterPlugin } from './plugin.ts'

defaultRegistry().register(contentFilterPlugin)
