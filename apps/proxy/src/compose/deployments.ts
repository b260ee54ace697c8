import { hash } from 'node:crypto'
import { type Host, isGatewayError, type Provider } from '@tianjillm/core'
import type { Deployment } from '@tianjillm/gateway'
import type { Problems } from '../config/problems.ts'
import type { Config, ModelEntry } from '../config/schema.ts'
import type { Place } from '../config/validate.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { configurePlugin, type Environment } from './configure-plugin.ts'
import { deploymentKeys, numbers, splitParams } from './deployment-params.ts'
import { pricesOf } from './prices.ts'
import { providerOf } from './provider-of.ts'

/** What deployments and guardrails are made from. */
export interface Sources {
  readonly config: Config
  readonly place: Place
  readonly env: Environment
  readonly loader: PluginLoader
  readonly host: Host
  readonly problems: Problems
}

/** Every deployment of `model_list`. With `ignore_invalid_deployments` the broken ones are left out with a warning. */
export async function createDeployments(sources: Sources): Promise<Deployment[]> {
  const { config } = sources
  // Entries with the same credential and address share one provider instance.
  const instances = new Map<string, Promise<Provider>>()
  const taken = new Map<string, number>()
  const deployments: Deployment[] = []
  for (const [index, entry] of config.model_list.entries()) {
    const deployment = await createDeployment(sources, entry, sources.place('model_list', index), instances)
    if (!deployment) continue
    const repeats = taken.get(deployment.id) ?? 0
    taken.set(deployment.id, repeats + 1)
    deployments.push(repeats === 0 ? deployment : { ...deployment, id: `${deployment.id}-${repeats + 1}` })
  }
  return deployments
}

async function createDeployment(sources: Sources, entry: ModelEntry, path: string, instances: Map<string, Promise<Provider>>): Promise<Deployment | undefined> {
  const { config, env, loader, host, problems } = sources
  const say = config.router_settings.ignore_invalid_deployments ? problems.warn.bind(problems) : problems.error.bind(problems)
  const key = entry.tianji_params === undefined ? 'litellm_params' : 'tianji_params'
  const params = { ...entry.litellm_params, ...entry.tianji_params }
  const { own, defaults, provider: written } = splitParams(params)
  if (typeof own['model'] !== 'string' || own['model'] === '') {
    say(`${path}.${key}.model`, 'is missing: write provider/model, such as openai/gpt-4o.')
    return undefined
  }
  const named = providerOf(own['model'], typeof own['custom_llm_provider'] === 'string' ? own['custom_llm_provider'] : undefined)
  if (!named) {
    say(`${path}.${key}.model`, `does not tell the provider: write provider/${own['model']}, such as openai/${own['model']}.`)
    return undefined
  }
  for (const name of numbers) {
    if (own[name] !== undefined && typeof own[name] !== 'number') say(`${path}.${key}.${name}`, `must be a number, found a ${typeof own[name]}.`)
  }
  try {
    const plugin = await loader.load('provider', named.provider)
    const local = config.router_settings.ignore_invalid_deployments ? new QuietProblems(problems) : problems
    const configured = await configurePlugin(plugin, written, env, `${path}.${key}`, local as Problems, deploymentKeys)
    if (!configured) return undefined
    const identity = `${plugin.name}\n${JSON.stringify(configured)}`
    const made = instances.get(identity) ?? Promise.resolve(plugin.create(configured as never, host))
    instances.set(identity, made)
    const seconds = (value: unknown): number | undefined => (typeof value === 'number' ? value * 1000 : undefined)
    const total = seconds(own['timeout']) ?? seconds(config.router_settings.timeout) ?? config.litellm_settings.request_timeout * 1000
    const streamTotal = seconds(own['stream_timeout']) ?? seconds(config.router_settings.stream_timeout) ?? total
    const prices = pricesOf(own, entry.model_info ?? {})
    const weight = [own['weight'], own['rpm'], own['tpm']].find((value) => typeof value === 'number' && value >= 0) as number | undefined
    const apiBase = typeof configured['api_base'] === 'string' ? withoutQuery(configured['api_base']) : undefined
    const region = own['region_name'] ?? written['aws_region_name']
    return {
      id: entry.model_info?.id ?? idOf(entry.model_name, named, written),
      modelName: entry.model_name,
      model: named.model,
      providerName: plugin.name,
      provider: await made,
      trust: 'operator',
      timeouts: { total, headers: total },
      streamTimeouts: { total: streamTotal, headers: streamTotal, idle: Math.min(streamTotal, 300_000) },
      dropParams: own['drop_params'] === true,
      ...(defaults && { defaults }),
      ...(prices && { prices }),
      ...(weight !== undefined && { weight }),
      ...(apiBase !== undefined && { apiBase }),
      ...(typeof region === 'string' && { region }),
      ...(entry.model_info?.access_groups && { accessGroups: entry.model_info.access_groups }),
      ...(typeof own['mock_response'] === 'string' && { mockResponse: own['mock_response'] }),
    }
  } catch (error) {
    say(`${path}.${key}`, isGatewayError(error) ? error.message : `${named.provider} could not be set up: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/** Turns errors into warnings, for deployments that may be left out. */
class QuietProblems {
  readonly #problems: Problems

  constructor(problems: Problems) {
    this.#problems = problems
  }

  error(path: string, message: string): void {
    this.#problems.warn(path, `${message} The deployment is left out (router_settings.ignore_invalid_deployments).`)
  }

  warn(path: string, message: string): void {
    this.#problems.warn(path, message)
  }
}

/** Stable over restarts and replicas, and says nothing of the credential. */
function idOf(modelName: string, named: { provider: string; model: string }, written: Readonly<Record<string, unknown>>): string {
  const facts = [modelName, named.provider, named.model, written['api_base'], written['api_version'], written['aws_region_name']]
  return hash('sha256', JSON.stringify(facts)).slice(0, 32)
}

function withoutQuery(url: string): string {
  return url.split('?')[0]!
}
