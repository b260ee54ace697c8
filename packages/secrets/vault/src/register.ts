import { defaultRegistry } from '@tianjillm/core'
import { vaultPlugin } from './plugin.ts'

defaultRegistry().register(vaultPlugin)
