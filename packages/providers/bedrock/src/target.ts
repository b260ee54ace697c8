import type { Call, Credential, UpstreamTarget } from '@tianjillm/core'
import { bearer, joinUrl } from '@tianjillm/provider-kit'
import type { BedrockConfig } from './config.ts'
import { type BedrockModel, parseModel } from './model.ts'

/** What is derived from a model string, once. */
export interface Route {
  readonly model: BedrockModel
  readonly region: string
  readonly plain: UpstreamTarget
  readonly stream: UpstreamTarget
}

/** Callers may choose the model name where the config has a wildcard; so many are remembered. */
const MOST_ROUTES = 1000

/** Routes by model string; the same object for the same model. `paths`: the operation of a plain call and of a stream. */
export function createRoutes(config: BedrockConfig, paths: readonly [string, string]): (model: string) => Route {
  const routes = new Map<string, Route>()
  return (name) => {
    const known = routes.get(name)
    if (known !== undefined) return known
    if (routes.size >= MOST_ROUTES) routes.clear()
    const route = routeOf(config, name, paths)
    routes.set(name, route)
    return route
  }
}

/** The target of a call. */
export function targetOf(route: Route, call: Call): UpstreamTarget {
  return call.stream ? route.stream : route.plain
}

function routeOf(config: BedrockConfig, name: string, paths: readonly [string, string]): Route {
  const named = parseModel(name)
  const called = config.model_id === undefined ? named : parseModel(config.model_id)
  // An ARN or profile that does not tell its family leaves that to `model`.
  const model = { ...(config.model_id !== undefined ? named : called), id: called.id }
  const region = called.region ?? named.region ?? config.aws_region_name
  const base = config.aws_bedrock_runtime_endpoint ?? config.api_base ?? `https://bedrock-runtime.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`
  const credential: Credential | undefined = config.api_key === undefined ? undefined : bearer(config.api_key, base)
  const headers = config.extra_headers
  const target = (path: string): UpstreamTarget => ({ url: joinUrl(base, `model/${encodeURIComponent(model.id)}/${path}`), headers, ...(credential && { credential }) })
  return { model, region, plain: target(paths[0]), stream: target(paths[1]) }
}
