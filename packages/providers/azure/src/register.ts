import { defaultRegistry } from '@tianjillm/core'
import { azurePlugin } from './plugin.ts'

defaultRegistry().register(azurePlugin)
