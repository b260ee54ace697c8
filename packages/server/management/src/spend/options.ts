import type { SpendReader } from '@tianjillm/spend'
import type { ManagementOptions } from '../service.ts'

/** What the routes that tell what was spent work on. */
export interface SpendOptions extends ManagementOptions {
  readonly spend: SpendReader
}
