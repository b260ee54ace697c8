import { hash } from 'node:crypto'
import { type Host, isGatewayError, type Plugins, type Provider } from '@tianjillm/core'
import type { Deployment } from '@tianjillm/gateway'
import type { Costs } from '@tianjillm/prices'
import { isPattern } from '@tianjillm/router'
import type { Problems } from '../config/problems.ts'
import type { Config, ModelEntry } from '../config/schema.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { configurePlugin, type Environment, schemaKeys } from './configure-plugin.ts'
import { budgetOf } from './deployment-budget.ts'
import { deploymentKeys, numbers, splitParams } from './deployment-params.ts'
import { costsOf, type KnownModels, type OpenKnownModels } from './prices.ts'
import { providerOf } from './provider-of.ts'
import { routedFacts, routedParams } from './routed-params.ts'

/** Milliseconds between two pieces of a stream, where nobody says otherwise. */
const LONGEST_IDLE = 300_000

/** Whose word an entry is, and what follows from that. */
export interface Origin {
  readonly trust: Deployment['trust']
  /** Lent to the provider. */
  readonly host: Host
  /** Completes what the entry leaves out. */
  readonly env: Environment
  readonly load: PluginLoader['loadShipped']
  /** Whether entries with the same credential and address may have one provider instance: only those that live as long as the process. */
  readonly shares: boolean
}

/** Notes what is wrong with an entry. */
export type Telling = Pick<Problems, 'error' | 'warn'>

/** Makes deployments of entries of `model_list`, from the config file or from the database. */
export interface DeploymentFactory {
  /** Undefined when the entry cannot be used: why is told. @param path where the entry stands, for what is told */
  create(entry: ModelEntry, path: string, origin: Origin, telling: Telling): Promise<Deployment | undefined>
  /** Gives a deployment whose upstream model is a pattern the prices and facts of the model that is asked for. */
  expand(deployment: Deployment, model: string): Deployment
  /** The same deployment under another id or in other access groups. */
  varied(deployment: Deployment, change: Partial<Pick<Deployment, 'id' | 'accessGroups'>>): Deployment
  isPattern(deployment: Deployment): boolean
}

/** What is needed to know the models behind a pattern. */
interface Pattern {
  readonly provider: string
  readonly costs: Costs
  readonly known: KnownModels
}

export function createDeploymentFactory(config: Config, known: OpenKnownModels): DeploymentFactory {
  const patterns = new WeakMap<Deployment, Pattern>()
  const instances = new Map<string, Promise<Provider>>()
  return {
    async create(entry, path, origin, telling) {
      const made = await createDeployment({ config, known, instances }, entry, path, origin, telling)
      if (made?.pattern) patterns.set(made.deployment, made.pattern)
      return made?.deployment
    },
    expand(deployment, model) {
      const pattern = patterns.get(deployment)
      if (!pattern) return deployment
      const known = pattern.costs.over(pattern.known.find(pattern.provider, model))
      return known ? { ...deployment, ...known, ...routedFacts(known) } : deployment
    },
    varied(deployment, change) {
      const pattern = patterns.get(deployment)
      const copy = { ...deployment, ...change }
      if (pattern) patterns.set(copy, pattern)
      return copy
    },
    isPattern: (deployment) => patterns.has(deployment),
  }
}

/** `litellm_params` and `tianji_params`, which are the same thing, as one. */
export function paramsOf(entry: ModelEntry): Readonly<Record<string, unknown>> {
  return { ...entry.litellm_params, ...entry.tianji_params }
}

/** Which provider an entry means, and the model's name there. */
export function namedIn(entry: ModelEntry): ReturnType<typeof providerOf> {
  const { model, custom_llm_provider: provider } = { ...entry.litellm_params, ...entry.tianji_params }
  return typeof model === 'string' && model !== '' ? providerOf(model, typeof provider === 'string' ? provider : undefined) : undefined
}

interface Shared {
  readonly config: Config
  readonly known: OpenKnownModels
  readonly instances: Map<string, Promise<Provider>>
}

async function createDeployment({ config, known: open, instances }: Shared, entry: ModelEntry, path: string, { trust, host, env, load, shares }: Origin, telling: Telling): Promise<{ readonly deployment: Deployment; readonly pattern?: Pattern } | undefined> {
  const say = (where: string, what: string): void => telling.error(where, what)
  // An entry that came over the API stands nowhere.
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const key = entry.tianji_params === undefined ? 'litellm_params' : 'tianji_params'
  const { own, defaults, provider: written } = splitParams(paramsOf(entry))
  if (typeof own['model'] !== 'string' || own['model'] === '') {
    say(`${at(key)}.model`, 'is missing: write provider/model, such as openai/gpt-4o.')
    return undefined
  }
  const named = namedIn(entry)
  if (!named) {
    say(`${at(key)}.model`, `does not tell the provider: write provider/${own['model']}, such as openai/${own['model']}.`)
    return undefined
  }
  for (const name of numbers) {
    if (own[name] !== undefined && typeof own[name] !== 'number') say(`${at(key)}.${name}`, `must be a number, found a ${typeof own[name]}.`)
  }
  try {
    const plugin = await load('provider', named.provider)
    const configured = await configurePlugin(plugin, { ...settingsOf(plugin, config), ...written }, env, at(key), telling, deploymentKeys)
    if (!configured) return undefined
    const identity = `${plugin.name}\n${JSON.stringify(configured)}`
    const made = (shares ? instances.get(identity) : undefined) ?? Promise.resolve(plugin.create(configured as never, host))
    if (shares) instances.set(identity, made)
    const seconds = (value: unknown): number | undefined => (typeof value === 'number' ? value * 1000 : undefined)
    const total = seconds(own['timeout']) ?? seconds(config.router_settings.timeout) ?? config.litellm_settings.request_timeout * 1000
    const firstToken = seconds(own['first_token_timeout']) ?? seconds(config.router_settings.first_token_timeout)
    // LiteLLM's time-out of streams is for their first chunk and between any two.
    const streamChunk = seconds(own['stream_timeout']) ?? seconds(config.router_settings.stream_timeout)
    const streamFirst = firstToken ?? streamChunk
    const idle = seconds(own['stream_idle_timeout']) ?? seconds(config.router_settings.stream_idle_timeout) ?? streamChunk
    const retries = own['num_retries'] ?? own['max_retries']
    const info: Readonly<Record<string, unknown>> = entry.model_info ?? {}
    const costs = costsOf({ path: at('model_info'), values: info }, { path: at(key), values: own }, telling)
    if (!costs) return undefined
    const baseModel = [info['base_model'], own['base_model']].find((value) => typeof value === 'string') as string | undefined
    const budget = budgetOf(own, (name, what) => say(`${at(key)}.${name}`, what), (name, what) => telling.warn(`${at(key)}.${name}`, what))
    const pattern = baseModel === undefined && isPattern(named.model)
    const known = await open(named.provider)
    const { prices, facts } = costs.over(pattern ? undefined : known.find(named.provider, named.model, baseModel)) ?? {}
    const apiBase = typeof configured['api_base'] === 'string' ? withoutQuery(configured['api_base']) : undefined
    const region = own['region_name'] ?? written['aws_region_name']
    const deployment: Deployment = {
      id: entry.model_info?.id ?? idOf(entry.model_name, named, written),
      modelName: publicName(entry),
      ...routedParams(own, entry, config, (name, what) => say(`${at(key)}.${name}`, what)),
      ...routedFacts({ prices, facts }),
      model: named.model,
      providerName: plugin.name,
      provider: await made,
      trust,
      timeouts: { total, headers: sooner(total, firstToken), ...(firstToken !== undefined && { firstByte: firstToken }) },
      streamTimeouts: { total, headers: sooner(total, streamFirst), ...(streamFirst !== undefined && { firstByte: streamFirst }), idle: idle ?? Math.min(total || LONGEST_IDLE, LONGEST_IDLE) },
      ...(typeof retries === 'number' && { retries }),
      dropParams: own['drop_params'] === true,
      ...(defaults && { defaults }),
      ...(prices && { prices }),
      ...(budget && { budget }),
      ...(facts && { facts }),
      ...(apiBase !== undefined && { apiBase }),
      ...(typeof region === 'string' && { region }),
      ...(entry.model_info?.access_groups && { accessGroups: entry.model_info.access_groups }),
      ...(typeof own['mock_response'] === 'string' && { mockResponse: own['mock_response'] }),
    }
    return { deployment, ...(pattern && { pattern: { provider: named.provider, costs, known } }) }
  } catch (error) {
    say(at(key), isGatewayError(error) ? error.message : `${named.provider} could not be set up: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/** What `litellm_settings` say for all deployments of a provider that has an option of that name. */
function settingsOf({ config: schema }: Pick<Plugins['provider'], 'config'>, { litellm_settings: settings }: Config): Record<string, unknown> {
  const known = new Set(schemaKeys(schema))
  return Object.fromEntries(Object.entries(settings).filter(([key, value]) => known.has(key) && value !== undefined))
}

/** The name that callers use: a team's own model may have one that only the team knows. */
export function publicName({ model_name: name, model_info: info }: ModelEntry): string {
  return (info?.team_id !== undefined ? info.team_public_model_name : undefined) ?? name
}

/** The id of an entry: its own, or one made from what it says. */
export function entryId(entry: ModelEntry): string {
  return entry.model_info?.id ?? idOf(entry.model_name, namedIn(entry) ?? { provider: '', model: '' }, splitParams(paramsOf(entry)).provider)
}

/** Stable over restarts and replicas, and says nothing of the credential. */
function idOf(modelName: string, named: { provider: string; model: string }, written: Readonly<Record<string, unknown>>): string {
  const facts = [modelName, named.provider, named.model, written['api_base'], written['api_version'], written['aws_region_name']]
  return hash('sha256', JSON.stringify(facts)).slice(0, 32)
}

/** The shorter of two limits; 0 is none. */
function sooner(limit: number, other: number | undefined): number {
  return other === undefined || other === 0 ? limit : limit === 0 ? other : Math.min(limit, other)
}

function withoutQuery(url: string): string {
  return url.split('?')[0]!
}
