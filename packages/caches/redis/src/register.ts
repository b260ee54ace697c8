import { defaultRegistry } from '@tianjillm/core'
import { redisPlugin } from './plugin.ts'

defaultRegistry().register(redisPlugin)
