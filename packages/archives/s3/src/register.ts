import { defaultRegistry } from '@tianjillm/core'
import { s3Plugin } from './plugin.ts'

defaultRegistry().register(s3Plugin)
