import type { Principal } from '@tianjillm/auth'
import { type AdapterOf, GatewayError, type Operation } from '@tianjillm/core'
import type { RequestContext } from '../context.ts'
import type { Settings } from '../settings.ts'

/** Finds who can serve the model, under the caller's own names for models too. @throws `key_model_access_denied` (team, user), `unknown_model` */
export function findGroup(ctx: RequestContext, settings: Settings): void {
  const { principal } = ctx
  const name = principal?.key ? aliased(principal, ctx.model) : ctx.model
  ctx.group = settings.router.group(name)
  const refused = principal?.access?.refusal(name, ctx.group?.name ?? name)
  if (refused !== undefined) {
    throw new GatewayError(`${refused}_model_access_denied`, `The ${refused === 'key' ? 'API key' : `${refused} of the API key`} may not call the model ${quoted(ctx.model)}. GET /v1/models lists the models that it may call.`, { param: 'model' })
  }
  if (!ctx.group) {
    throw new GatewayError('unknown_model', `No deployment serves the model ${quoted(ctx.model)}. GET /v1/models lists the names that are served here.`, { param: 'model' })
  }
}

/** Picks a deployment. @throws `no_deployment`, `unsupported_operation` */
export function chooseDeployment(ctx: RequestContext, settings: Settings): AdapterOf<Operation> {
  const candidate = settings.router.choose(ctx.group!)
  if (!candidate) throw new GatewayError('no_deployment', `No deployment of ${quoted(ctx.model)} is available.`, { param: 'model' })
  ctx.candidate = candidate
  const { operation } = ctx.route
  const adapter = candidate.deployment.provider.adapters[operation]
  if (!adapter) {
    throw new GatewayError('unsupported_operation', `The provider of ${quoted(ctx.model)} (${candidate.deployment.providerName}) does not offer ${operation}.`, { param: 'model' })
  }
  return adapter as AdapterOf<Operation>
}

function aliased({ key, team }: Principal, model: string): string {
  if (Object.hasOwn(key!.aliases, model)) return key!.aliases[model]!
  return team && Object.hasOwn(team.modelAliases, model) ? team.modelAliases[model]! : model
}

/** A name of the caller's in a message: short, one line. */
function quoted(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}...` : name)
}
