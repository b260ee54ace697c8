import { type AdapterOf, GatewayError, type Operation } from '@tianjillm/core'
import { bridgeResponses } from '@tianjillm/provider-kit'
import type { Choice, SkipReason } from '@tianjillm/router'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { Settings } from '../settings.ts'
import { quoted } from './find-group.ts'
import { chooseWithinBudget } from './deployment-budget.ts'

/**
 * Picks a deployment; waits only where a budget of the deployment or its provider is kept elsewhere.
 * @param choice one that was made already
 * @throws `no_deployment`, `upstream_context_window`, `unsupported_operation`, `budget_exceeded` (of deployments and their providers)
 */
export function chooseDeployment(ctx: RequestContext, settings: Settings, choice?: Choice<Deployment>): AdapterOf<Operation> | Promise<AdapterOf<Operation>> {
  // An attempt asks budgets anew: what another call held may be free again.
  if (choice === undefined) ctx.closed = undefined
  const first = choice ?? settings.router.choose(ctx.group!, ctx)
  if (first.candidate && settings.limiter?.rulesOfDeployment(first.candidate.deployment)) return chooseWithinBudget(ctx, settings, first).then((chosen) => useChoice(ctx, chosen))
  return useChoice(ctx, first)
}

/** Puts a choice in place. @throws `no_deployment`, `upstream_context_window`, `unsupported_operation` */
export function useChoice(ctx: RequestContext, choice: Choice<Deployment>): AdapterOf<Operation> {
  ctx.choice = choice
  ctx.candidate = choice.candidate
  if (!choice.candidate) throw noneOpen(ctx, choice)
  const { operation } = ctx.route
  const { provider, providerName } = choice.candidate.deployment
  const adapter = provider.adapters[operation] ?? (operation === 'responses' && provider.adapters.chat ? bridgeOf(provider.adapters.chat) : undefined)
  if (!adapter) {
    throw new GatewayError('unsupported_operation', `The provider of ${quoted(ctx.shownModel)} (${providerName}) does not offer ${operation}.`, { param: 'model' })
  }
  return adapter as AdapterOf<Operation>
}

/** Bridges to chat, each made once. */
const bridges = new WeakMap<AdapterOf<'chat'>, AdapterOf<'responses'>>()

function bridgeOf(chat: AdapterOf<'chat'>): AdapterOf<'responses'> {
  let bridge = bridges.get(chat)
  if (!bridge) bridges.set(chat, (bridge = bridgeResponses(chat)))
  return bridge
}

/** What stands in the way, for a message. */
const words: Readonly<Record<SkipReason, string>> = {
  closed: 'none is open to this caller',
  tried: 'each has been tried',
  region: 'none is in the region that the call is bound to',
  tags: 'none has the tags of the request',
  capabilities: 'none can do what the request asks for',
  context_window: 'the request is longer than each of them takes',
  over_limit: 'each is at its own limit',
  cooldown: 'those that failed are cooling down',
  probing: 'those that failed are being tried out again',
  order: 'none is open',
}

/** Another deployment knows nothing of the conversation: to go on with it there would be to begin a new one in silence. */
function conversationAway(reason: SkipReason | undefined, seconds: number | undefined): GatewayError {
  const retry = seconds === undefined ? '' : ` Try again in ${seconds} s, or`
  return new GatewayError('no_deployment', `The one deployment that holds the conversation of \`previous_response_id\` cannot be called now${reason === undefined ? '' : `: ${words[reason]}`}.${retry === '' ? ' You can' : retry} send the conversation in \`input\` instead.`, { param: 'previous_response_id', ...(seconds !== undefined && { retryAfter: seconds }) })
}

function noneOpen(ctx: RequestContext, { reason, retryAfterMs }: Choice<Deployment>): GatewayError {
  const seconds = retryAfterMs === undefined ? undefined : Math.max(1, Math.ceil(retryAfterMs / 1000))
  if (ctx.conversation?.named) return conversationAway(reason, seconds)
  const message = `No deployment of ${quoted(ctx.shownModel)} is available${reason === undefined ? '' : `: ${words[reason]}`}.${seconds === undefined ? '' : ` Try again in ${seconds} s.`}`
  if (reason === 'context_window') return new GatewayError('upstream_context_window', message, { param: 'messages' })
  // LiteLLM's status: no time will help this request.
  if (reason === 'tags') return new GatewayError('no_deployment', message, { param: 'tags', status: 401, type: 'invalid_request_error' })
  return new GatewayError('no_deployment', message, { param: 'model', ...(seconds !== undefined && { retryAfter: seconds }) })
}
