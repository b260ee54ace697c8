import { hash } from 'node:crypto'
import { type Host, isGatewayError, type Provider } from '@tianjillm/core'
import type { Deployment } from '@tianjillm/gateway'
import type { Costs } from '@tianjillm/prices'
import { isPattern } from '@tianjillm/router'
import type { Problems } from '../config/problems.ts'
import type { Config, ModelEntry } from '../config/schema.ts'
import type { Place } from '../config/validate.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { configurePlugin, type Environment } from './configure-plugin.ts'
import { deploymentKeys, numbers, splitParams } from './deployment-params.ts'
import { costsOf, type KnownModels, openKnownModels } from './prices.ts'
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

/** The deployments of `model_list`, and what those named by a pattern are for one model. */
export interface Deployments {
  readonly deployments: readonly Deployment[]
  /** Gives a deployment whose upstream model is a pattern the prices and facts of the model that is asked for. */
  expand(deployment: Deployment, model: string): Deployment
}

/** Every deployment of `model_list`. With `ignore_invalid_deployments` the broken ones are left out with a warning. */
export async function createDeployments(sources: Sources): Promise<Deployments> {
  const { config, env, host, problems } = sources
  // Entries with the same credential and address share one provider instance.
  const instances = new Map<string, Promise<Provider>>()
  const known = await openKnownModels(new Set(config.model_list.flatMap((entry) => namedIn(entry)?.provider ?? [])), env, host.http, problems)
  const taken = new Map<string, number>()
  const deployments: Deployment[] = []
  const patterns = new Map<string, Pattern>()
  for (const [index, entry] of config.model_list.entries()) {
    const made = await createDeployment(sources, entry, sources.place('model_list', index), instances, known)
    if (!made) continue
    const repeats = taken.get(made.deployment.id) ?? 0
    taken.set(made.deployment.id, repeats + 1)
    const deployment = repeats === 0 ? made.deployment : { ...made.deployment, id: `${made.deployment.id}-${repeats + 1}` }
    deployments.push(deployment)
    if (made.pattern) patterns.set(deployment.id, made.pattern)
  }
  warnUnpriced(deployments.filter(({ id }) => !patterns.has(id)), problems)
  return {
    deployments,
    expand(deployment, model) {
      const pattern = patterns.get(deployment.id)
      return pattern ? { ...deployment, ...pattern.costs.over(known.find(pattern.provider, model)) } : deployment
    },
  }
}

/** What is needed to know the models behind a pattern. */
interface Pattern {
  readonly provider: string
  readonly costs: Costs
}

/** Names in a warning; a long list says no more. */
const TOLD = 20

/** Told once: such calls have no cost, and keys with a hard budget may not make them. */
function warnUnpriced(deployments: readonly Deployment[], problems: Problems): void {
  const names = [...new Set(deployments.filter(({ prices, mockResponse }) => !prices && mockResponse === undefined).map(({ modelName }) => modelName))]
  if (names.length === 0) return
  const list = `${names.slice(0, TOLD).join(', ')}${names.length > TOLD ? `, and ${names.length - TOLD} more` : ''}`
  problems.warn('model_list', `has models without a known price: ${list}. Their calls are entered without a cost; set input_cost_per_token and output_cost_per_token, or model_info.base_model.`)
}

function namedIn(entry: ModelEntry): ReturnType<typeof providerOf> {
  const { model, custom_llm_provider: provider } = { ...entry.litellm_params, ...entry.tianji_params }
  return typeof model === 'string' && model !== '' ? providerOf(model, typeof provider === 'string' ? provider : undefined) : undefined
}

async function createDeployment(sources: Sources, entry: ModelEntry, path: string, instances: Map<string, Promise<Provider>>, known: KnownModels): Promise<{ readonly deployment: Deployment; readonly pattern?: Pattern } | undefined> {
  const { config, env, loader, host, problems } = sources
  const say = config.router_settings.ignore_invalid_deployments ? problems.warn.bind(problems) : problems.error.bind(problems)
  const key = entry.tianji_params === undefined ? 'litellm_params' : 'tianji_params'
  const params = { ...entry.litellm_params, ...entry.tianji_params }
  const { own, defaults, provider: written } = splitParams(params)
  if (typeof own['model'] !== 'string' || own['model'] === '') {
    say(`${path}.${key}.model`, 'is missing: write provider/model, such as openai/gpt-4o.')
    return undefined
  }
  const named = namedIn(entry)
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
    const info: Readonly<Record<string, unknown>> = entry.model_info ?? {}
    const costs = costsOf({ path: `${path}.model_info`, values: info }, { path: `${path}.${key}`, values: own }, local)
    if (!costs) return undefined
    const baseModel = [info['base_model'], own['base_model']].find((value) => typeof value === 'string') as string | undefined
    const pattern = baseModel === undefined && isPattern(named.model)
    const { prices, facts } = costs.over(pattern ? undefined : known.find(named.provider, named.model, baseModel)) ?? {}
    const weight = [own['weight'], own['rpm'], own['tpm']].find((value) => typeof value === 'number' && value >= 0) as number | undefined
    const apiBase = typeof configured['api_base'] === 'string' ? withoutQuery(configured['api_base']) : undefined
    const region = own['region_name'] ?? written['aws_region_name']
    const deployment: Deployment = {
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
      ...(facts && { facts }),
      ...(weight !== undefined && { weight }),
      ...(apiBase !== undefined && { apiBase }),
      ...(typeof region === 'string' && { region }),
      ...(entry.model_info?.access_groups && { accessGroups: entry.model_info.access_groups }),
      ...(typeof own['mock_response'] === 'string' && { mockResponse: own['mock_response'] }),
    }
    return { deployment, ...(pattern && { pattern: { provider: named.provider, costs } }) }
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
