import { GatewayError } from '@tianjillm/core'
import type { AnyContext } from '../context.ts'
import { hasEnded, type ResponseState } from './response-view.ts'

/** Notes what a response that was sent means for its call: that it failed, or that it goes on, or went on, without the caller. */
export function noteState(ctx: AnyContext, state: ResponseState): void {
  if (state.background) ctx.background = state
  if (hasEnded(state)) ctx.error ??= failureOf(state, ctx.candidate?.deployment.providerName)
}

/** Whether the upstream goes on with the answer though the caller's request is over. */
export function isUnsettled({ background }: AnyContext): boolean {
  return background !== undefined && !hasEnded(background)
}

/** The error of a response that failed or was cancelled, for records: the caller reads the upstream's own. */
export function failureOf({ status, error }: ResponseState, provider = 'The provider'): GatewayError | undefined {
  if (status === 'cancelled') return new GatewayError('client_closed', 'The response was cancelled.')
  if (status !== 'failed') return undefined
  const code = typeof error?.code === 'string' ? error.code.slice(0, 100) : 'unknown'
  return new GatewayError(code === 'rate_limit_exceeded' ? 'upstream_rate_limit' : 'upstream_error', `${provider} answered with a response that failed (${code}).`)
}
