import type { Tenant } from '@tianjillm/cache'
import { GatewayError } from '@tianjillm/core'
import type { ModelGroup } from '@tianjillm/router'
import type { AnyContext, RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import { createOwnedIds, type Kept, type OwnedIds } from '../owned/owned-ids.ts'
import type { Settings } from '../settings.ts'
import { quoted } from '../stages/find-group.ts'

/** Whose responses a call speaks of. */
export interface Conversation {
  readonly ids: OwnedIds
  readonly owner: Tenant
  /** The response that is asked for, or gone on from: where it is, and the id that the caller knows. */
  readonly named?: { readonly kept: Kept; readonly shown: string }
}

/** Gateways without ids of their own hand out such that end with the process. */
let ofProcess: OwnedIds | undefined

/** Whose responses the caller's are. */
export function conversationOf({ principal, endUser }: AnyContext, { ownedIds }: Settings): Conversation {
  const ids = ownedIds ?? (ofProcess ??= createOwnedIds())
  const { userId, teamId, organizationId } = principal?.facts ?? {}
  return { ids, owner: ids.ownerOf({ key: principal?.tenant ?? '', userId, teamId, organizationId, endUser }) }
}

/**
 * Reads the id of the response that a request goes on from; upstream it has the upstream's.
 * @throws `previous_response_not_found`, as OpenAI answers for an id that it does not know; `invalid_request` for a `conversation`
 */
export function openPrevious(ctx: RequestContext, settings: Settings): void {
  const conversation = conversationOf(ctx, settings)
  ctx.conversation = conversation
  const { previous_response_id: previous, conversation: named } = ctx.body
  if ((named ?? null) !== null && !settings.unmanagedIds) {
    throw new GatewayError('invalid_request', 'Conversations of the provider are not served: whoever knows the id of one could go on with it through any key. Go on with `previous_response_id`.', { param: 'conversation' })
  }
  if (typeof previous !== 'string') return
  const kept = conversation.ids.open('resp', previous, conversation.owner)
  if (!kept && settings.unmanagedIds) return
  if (!kept) throw new GatewayError('previous_response_not_found', `Previous response with id ${quoted(previous)} not found.`, { param: 'previous_response_id' })
  ctx.conversation = { ...conversation, named: { kept, shown: previous } }
  ctx.body = { ...ctx.body, previous_response_id: kept.id }
}

/**
 * Leaves of the call's group the deployment whose upstream holds the conversation: the one that answered before, else one of
 * the same account. No other can know it.
 * @throws `invalid_request` naming `previous_response_id` when there is none among those of the model
 */
export function bindToPrevious(ctx: RequestContext, { router }: Settings): void {
  const kept = ctx.conversation?.named?.kept
  if (!kept) return
  const group = ctx.group!
  const holder = router.deployment(kept.deployment, ctx.principal?.team?.id)
  const candidate = group.candidates.find(({ deployment }) => deployment.id === kept.deployment) ?? (holder && group.candidates.find(({ deployment }) => deployment.provider === holder.provider))
  if (!candidate) throw lost(ctx, group, holder)
  const { providerName, provider } = candidate.deployment
  if (!provider.adapters.responses?.stored) {
    throw new GatewayError('invalid_request', `${providerName} keeps no conversation: send the whole of it in \`input\`, without \`previous_response_id\`.`, { param: 'previous_response_id' })
  }
  ctx.group = router.bound(group, candidate, 'previous_response')
}

function lost(ctx: RequestContext, { name }: ModelGroup<Deployment>, holder: Deployment | undefined): GatewayError {
  const why = holder ? `is not one of the model ${quoted(ctx.model)}` : 'is not served here any more'
  return new GatewayError('invalid_request', `The deployment that holds the conversation of \`previous_response_id\` ${why}${holder && name !== ctx.model ? ` (${quoted(name)})` : ''}. Send the conversation in \`input\` instead.`, { param: 'previous_response_id' })
}

/** An upstream's error in the caller's words: ids of the upstream stay here. */
export function inOwnWords({ conversation }: AnyContext, error: GatewayError): GatewayError {
  const named = conversation?.named
  if (!named || !error.message.includes(named.kept.id)) return error
  const { code, param, status, type, wireCode, retryAfter, provider, headers } = error
  return new GatewayError(code, error.message.replaceAll(named.kept.id, named.shown), {
    status, type, wireCode, ...(param !== undefined && { param }), ...(retryAfter !== undefined && { retryAfter }), ...(provider !== undefined && { provider }), ...(headers && { headers }), cause: error,
  })
}
