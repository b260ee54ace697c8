import type { Strategy } from '@tianjillm/core'
import { lowest } from './lowest.ts'

/** The deployment with the fewest calls under way. */
export const leastBusy: Strategy = {
  pick: (open, _ask, random) => lowest(open, ({ inFlight }) => inFlight, random),
}
