import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { attempt } from './attempt.ts'
import { Recovery } from './recovery.ts'

/** Calls upstreams until one answers, as far as the settings allow. Costs one waiting more than an attempt alone. */
export function callUpstream(ctx: RequestContext, settings: Settings): Promise<void> | undefined {
  const { resilience } = settings
  if (!resilience) return attempt(ctx, settings)
  let running: Promise<void> | undefined
  try {
    running = attempt(ctx, settings)
  } catch (error) {
    return new Recovery(ctx, settings, resilience).run(error)
  }
  return running?.catch((error: unknown) => new Recovery(ctx, settings, resilience).run(error))
}
