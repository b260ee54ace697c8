import { defaultRegistry } from '@tianjillm/core'
import { opentelemetryPlugin } from './plugin.ts'

defaultRegistry().register(opentelemetryPlugin)
