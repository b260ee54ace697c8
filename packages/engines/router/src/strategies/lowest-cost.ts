import type { Strategy } from '@tianjillm/core'
import { lowest } from './lowest.ts'

/** The deployment whose tokens cost least, input and output together as LiteLLM adds them; those without a price come last. */
export const lowestCost: Strategy = {
  holdsLimits: true,
  pick: (open, _ask, random) => lowest(open, ({ inputCost, outputCost }) => (inputCost === undefined && outputCost === undefined ? Number.POSITIVE_INFINITY : (inputCost ?? 0) + (outputCost ?? 0)), random),
}
