import { defaultRegistry } from '@tianjillm/core'
import { bedrockPlugin } from './plugin.ts'

defaultRegistry().register(bedrockPlugin)
