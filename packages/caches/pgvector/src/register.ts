import { defaultRegistry } from '@tianjillm/core'
import { pgvectorPlugin } from './plugin.ts'

defaultRegistry().register(pgvectorPlugin)
