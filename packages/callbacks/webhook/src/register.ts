import { defaultRegistry } from '@tianjillm/core'
import { webhookPlugin } from './plugin.ts'

defaultRegistry().register(webhookPlugin)
