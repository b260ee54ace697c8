import { GatewayError } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import type { MockFailure } from '../request/wishes.ts'
import { quoted } from '../stages/find-group.ts'
import { attempt } from './attempt.ts'
import { Recovery } from './recovery.ts'

/** What a caller asks for who tests fallbacks (LiteLLM's `mock_testing_fallbacks`): the model that was asked fails once in this way. */
function mockFailureOf(code: MockFailure, model: string): GatewayError {
  return new GatewayError(code, `The request asked for this failure of the model ${quoted(model)}, to test what follows.`)
}

/** Failures that are asked for to test retries; others go to the fallbacks at once. */
const retried: ReadonlySet<MockFailure> = new Set(['upstream_rate_limit', 'upstream_timeout'])

/** Calls upstreams until one answers, as far as the settings allow. Costs one waiting more than an attempt alone. */
export function callUpstream(ctx: RequestContext, settings: Settings): Promise<void> | undefined {
  const { resilience } = settings
  if (!resilience) return attempt(ctx, settings)
  const { mockFailure } = ctx.wishes
  if (mockFailure) return new Recovery(ctx, settings, resilience, retried.has(mockFailure) ? 0 : Number.POSITIVE_INFINITY).run(mockFailureOf(mockFailure, ctx.model))
  let running: Promise<void> | undefined
  try {
    running = attempt(ctx, settings)
  } catch (error) {
    return new Recovery(ctx, settings, resilience).run(error)
  }
  return running?.catch((error: unknown) => new Recovery(ctx, settings, resilience).run(error))
}
