import type { CustomerRecord, ModelRefusal, Principal } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import type { ModelGroup } from '@tianjillm/router'
import type { RequestContext } from '../context.ts'
import type { Deployment } from '../deployment.ts'
import type { Settings } from '../settings.ts'

/**
 * Finds who can serve the model, under the caller's own names for models too, and in the end user's region.
 * @throws `key_model_access_denied` (team, user, org), `unknown_model`, `no_deployment`
 */
export function findGroup(ctx: RequestContext, settings: Settings): void {
  const { principal, customer } = ctx
  const name = principal?.key ? aliased(principal, ctx.model) : ctx.model
  ctx.group = groupFor(principal, name, ctx.model, settings)
  if (!customer || customer.allowedModelRegion === null || outsideRegion(ctx.group, customer).size < ctx.group.candidates.length) return
  if (customer.defaultModel !== null) {
    ctx.group = groupFor(principal, customer.defaultModel, customer.defaultModel, settings)
    ctx.customer = { ...customer, allowedModelRegion: null }
    return
  }
  throw new GatewayError('no_deployment', `No deployment of ${quoted(ctx.model)} is in the region ${customer.allowedModelRegion}, which the end user ${quoted(customer.id)} is bound to.`, { param: 'model' })
}

function groupFor(principal: Principal | undefined, name: string, asked: string, settings: Settings): ModelGroup<Deployment> {
  const group = settings.router.group(name, principal?.team?.id)
  const refused = principal?.access?.refusal(name, group)
  if (refused !== undefined) {
    throw new GatewayError(`${refused}_model_access_denied`, `The ${whose[refused]} may not call the model ${quoted(asked)}. GET /v1/models lists the models that it may call.`, { param: 'model' })
  }
  if (group) return group
  throw new GatewayError('unknown_model', `No deployment serves the model ${quoted(asked)}. GET /v1/models lists the names that are served here.`, { param: 'model' })
}

const whose: Readonly<Record<ModelRefusal, string>> = { key: 'API key', team: 'team of the API key', user: 'user of the API key', org: 'organization of the API key' }

/** The deployments that may not serve a customer, by id. Providers name regions `eu-west-1`, `europe-west1`, `us`. */
function outsideRegion(group: ModelGroup<Deployment>, { allowedModelRegion: region }: CustomerRecord): Set<string> {
  if (region === null) return new Set()
  return new Set(group.candidates.filter(({ deployment }) => deployment.region?.toLowerCase().startsWith(region) !== true).map(({ deployment }) => deployment.id))
}

function aliased({ key, team }: Principal, model: string): string {
  if (Object.hasOwn(key!.aliases, model)) return key!.aliases[model]!
  return team && Object.hasOwn(team.modelAliases, model) ? team.modelAliases[model]! : model
}

/** A name of the caller's in a message: short, one line. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}...` : name)
}
