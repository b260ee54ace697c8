import type { Author } from '@tianjillm/auth'
import { configurationWriter } from '../audit/described-configuration.ts'
import type { Caller } from '../define-route.ts'
import { authorOf } from '../service.ts'
import type { ConfigurationOptions } from './routes.ts'

/** Makes the author of a change out of who asks for it. */
export function operators({ configuration: { masks }, ...options }: ConfigurationOptions): (caller: Caller) => Author {
  const write = configurationWriter(masks)
  return (caller) => authorOf(options, caller, write)
}
