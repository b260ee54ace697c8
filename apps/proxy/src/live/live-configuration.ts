import { type ConfigurationDirectory, type ConfigurationSnapshot, createMirror, type Sealer } from '@tianjillm/configuration'
import { type Clock, GatewayError, type Host, type Log } from '@tianjillm/core'
import type { Settings } from '@tianjillm/gateway'
import type { ModelDraft, OperatorConfiguration } from '@tianjillm/management'
import type { NamedStrategy, RoutingState } from '@tianjillm/router'
import { aliasesOf } from '../compose/aliases.ts'
import { checkFallbacks, fallbackInFile } from '../compose/resilience.ts'
import type { Strategies } from '../compose/routing.ts'
import type { Environment } from '../compose/configure-plugin.ts'
import { awaitsCredential } from '../compose/credentials.ts'
import { type DeploymentFactory, entryId } from '../compose/deployment-factory.ts'
import type { FileDeployment } from '../compose/deployments.ts'
import { Problems } from '../config/problems.ts'
import type { RawConfig } from '../config/read-file.ts'
import type { Config } from '../config/schema.ts'
import type { Place } from '../config/validate.ts'
import type { Patient } from '../health/health-checks.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { type BaseSettings, createEffects, type Effect } from './effects.ts'
import { LiveCallbacks } from './live-callbacks.ts'
import { type LiveModel, LiveModels } from './live-models.ts'
import { checkSetting, isSealed, splitPath, withSettings } from './live-settings.ts'
import { maskedValues } from './mask.ts'
import { createMasks } from './masks.ts'
import { createRetirement } from './retirement.ts'
import { endpointViews, knownEndpoints } from './pass-through.ts'
import { settingViews, yamlView } from './settings-views.ts'

export interface LiveSources {
  /** The file's, with its credentials put in. */
  readonly config: Config
  /** As it was written. */
  readonly raw: RawConfig
  readonly place: Place
  readonly base: BaseSettings
  /** Of the file. */
  readonly deployments: readonly FileDeployment[]
  readonly factory: DeploymentFactory
  readonly directory: ConfigurationDirectory
  readonly sealer: Sealer
  readonly storing: boolean
  readonly loader: PluginLoader
  readonly env: Environment
  readonly hosts: { readonly operator: Host; readonly checked: Host }
  readonly routing: RoutingState
  readonly strategies: Strategies
  /** What the file says. */
  readonly strategy: NamedStrategy
  readonly clock: Clock
  readonly log: Log
}

/** Settings that follow what is set over the API. */
export interface LiveConfiguration extends OperatorConfiguration {
  readonly settings: Settings
  /** Tells each new configuration from now on. */
  follow(configure: (settings: Settings) => void): void
  /** Resolves when what is stored is in effect, or when the signal fires. */
  loaded(signal: AbortSignal): Promise<void>
  /** The deployments that are called, with their `model_info`. */
  patients(): readonly Patient[]
  /** Whether anything of what is served may be stored. */
  readonly matters: boolean
  close(signal: AbortSignal): Promise<void>
}

const nothingStored: ConfigurationSnapshot = { models: new Map(), credentials: new Map(), accessGroups: new Map(), fallbacks: new Map(), settings: new Map() }

/** Composes what the config file says with what is stored into new settings, each time that something stored changes. */
export function createLiveConfiguration(sources: LiveSources): LiveConfiguration {
  const { config: file, raw, place, base, factory, directory, sealer, storing, loader, env, hosts, routing, strategies, clock, log } = sources
  const retirement = createRetirement(clock)
  const entries = file.model_list.map((entry, index) => ({ entry, path: place('model_list', index) }))
  const waiting = entries.filter(({ entry }) => awaitsCredential(entry)).map(({ entry, path }) => ({ id: entryId(entry), entry, path }))
  const liveModels = new LiveModels({ fileCredentials: new Map(file.credential_list.map(({ credential_name: name, credential_values: values }) => [name, values])), factory, loader, sealer, env, hosts, retirement, clock, log }, waiting)
  const masks = createMasks(sealer, (entry) => liveModels.shownAtOnce(entry))
  const inFile = (path: string): boolean => {
    const [section, name] = splitPath(path)
    const values = raw[section]
    return typeof values === 'object' && values !== null && Object.hasOwn(values, name)
  }
  const liveCallbacks = new LiveCallbacks({ loader, env, hosts, clock, log, fromFile: new Set(base.callbacks.map(({ name }) => name)), setInFile: (name) => inFile(`callback_settings.${name}`) })
  const taken = new Set([...sources.deployments.map(({ deployment }) => deployment.id), ...waiting.map(({ id }) => id)])

  const withStored = (settings: ConfigurationSnapshot['settings']): Config =>
    withSettings(file, settings, inFile, (path, sealed) => {
      try {
        return sealer.open(sealed, `setting:${path}`)
      } catch (error) {
        log.warn({ path }, `${path}: ${(error as Error).message}`)
        return undefined
      }
    })

  const { routing_strategy: name, routing_strategy_args: args } = file.router_settings
  /** The file may name a package of its own; the API only what is shipped. */
  const strategyOf = async (config: Config, problems = new Problems()): Promise<NamedStrategy> => {
    const { routing_strategy, routing_strategy_args } = config.router_settings
    if (routing_strategy === name && routing_strategy_args === args) return sources.strategy
    const strategy = await strategies.of(config, routing_strategy === name, problems)
    for (const { path, message } of problems.errors) log.warn({}, `${path} ${message} The strategy is not in effect.`)
    return strategy ?? sources.strategy
  }

  const { settingsOf, viewsOf } = createEffects({ base, deployments: sources.deployments, factory, liveModels, routing, sealer })
  let follower: ((settings: Settings) => void) | undefined
  let effect: Effect = { config: file, models: [], settings: settingsOf(file, nothingStored, [], [], sources.strategy) }
  let live: readonly LiveModel[] = []
  let first: () => void
  const read = new Promise<void>((resolve) => { first = resolve })

  const mirror = createMirror({
    directory, clock, log,
    async apply(all) {
      try {
        // Credentials are for the models of the file too.
        const snapshot = storing ? all : { ...nothingStored, credentials: all.credentials }
        live = await liveModels.update(snapshot, taken)
        const config = withStored(snapshot.settings)
        effect = { config, settings: settingsOf(config, snapshot, live, await liveCallbacks.update(config), await strategyOf(config)), models: await viewsOf(snapshot, live) }
        follower?.(effect.settings)
      } catch (error) {
        log.error({ err: error }, 'what is stored could not be put into effect')
      }
      first()
    },
  })

  // The file's models are shown also while what is stored is out of reach.
  void viewsOf(nothingStored, []).then((models) => {
    if (!mirror.loaded) effect = { ...effect, models }
  })

  return {
    directory, sealer, storing, masks,
    matters: storing || waiting.length > 0,
    get settings() {
      return effect.settings
    },
    follow(configure) {
      follower = configure
      configure(effect.settings)
    },
    async loaded(signal) {
      await Promise.race([read, new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))])
    },
    patients: () => [...sources.deployments, ...live.filter(({ record }) => record?.blocked !== true)].flatMap(({ deployment, entry }) => (deployment ? [{ deployment, info: entry.model_info ?? {} }] : [])),
    applied: () => mirror.applied(),
    models: () => effect.models,
    async checkModel({ id, modelName, params, info }: ModelDraft) {
      if (taken.has(id)) throw new GatewayError('owned_by_config', `The config file has the model ${JSON.stringify(id)}, so the API may not change it.`, { param: 'model_info.id' })
      const [problem] = await liveModels.check(id, { model_name: modelName, litellm_params: params as Record<string, unknown>, model_info: info }, mirror.snapshot)
      if (problem) throw new GatewayError('invalid_config', `${problem.path} ${problem.message}`, { param: problem.path })
    },
    credentials: () => [
      ...file.credential_list.map(({ credential_name: name, credential_values: values, credential_info: info }) => ({ name, origin: 'file' as const, values: maskedValues(values), info })),
      ...[...mirror.snapshot.credentials.values()].map((record) => ({ name: record.id, origin: 'database' as const, values: masks.credential(record), info: record.info })),
    ],
    credentialOfModel(id) {
      const view = effect.models.find((one) => one.id === id)
      return view && Object.fromEntries(Object.entries(view.params).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && /^\*{4}|^os\.environ\//.test(pair[1])))
    },
    fileHasFallback: (type, model) => fallbackInFile(file, type, model),
    passThrough: () => endpointViews(knownEndpoints(file.general_settings.pass_through_endpoints, storing ? mirror.snapshot.settings : nothingStored.settings, sealer)),
    callbacks: () => effect.settings.callbacks.map(({ name }) => ({ name, type: typeOfCallback(effect.config, name), origin: base.callbacks.some((one) => one.name === name) ? 'file' : 'database' })),
    settingViews: () => settingViews(effect.config, inFile, (path) => mirror.snapshot.settings.has(path)),
    async checkSettings(changes) {
      const next = new Map(mirror.snapshot.settings)
      const stamp = { createdAt: 0, createdBy: '', updatedAt: 0, updatedBy: '', version: 1 }
      for (const [path, value] of changes) {
        checkSetting(path, value ?? undefined, inFile)
        if (value === null) next.delete(path)
        else next.set(path, { id: path, value: isSealed(path) ? sealer.seal(value, `setting:${path}`) : value, ...stamp })
      }
      const config = withStored(next)
      const problems = await liveCallbacks.check(config)
      await strategyOf(config, problems)
      const deployments = [...sources.deployments, ...live].flatMap(({ deployment }) => deployment ?? [])
      aliasesOf(config, deployments, problems)
      checkFallbacks(config, deployments, problems, false)
      const [problem] = problems.errors
      if (problem) throw new GatewayError('invalid_config', `${problem.path} ${problem.message}`, { param: problem.path })
    },
    yaml() {
      const stored: Record<string, Record<string, unknown>> = {}
      for (const [path, record] of mirror.snapshot.settings) {
        const [section, name] = splitPath(path)
        ;(stored[section] ??= {})[name] = masks.setting(record)
      }
      return yamlView(raw, stored)
    },
    async close(signal) {
      mirror.close()
      await Promise.all([liveCallbacks.close(signal), retirement.close(), ...live.map(async ({ deployment }) => deployment?.provider.close?.())])
    },
  }
}

function typeOfCallback({ litellm_settings: litellm }: Config, name: string): 'success' | 'failure' | 'success_and_failure' {
  const success = litellm.success_callback.includes(name)
  const failure = litellm.failure_callback.includes(name)
  return litellm.callbacks.includes(name) || success === failure ? 'success_and_failure' : success ? 'success' : 'failure'
}
