import { type ConfigurationDirectory, type ConfigurationSnapshot, createMirror, type Sealer } from '@tianjillm/configuration'
import { type Clock, GatewayError, type Host, type Log } from '@tianjillm/core'
import type { Deployment, Settings } from '@tianjillm/gateway'
import type { ModelDraft, ModelView, OperatorConfiguration } from '@tianjillm/management'
import { createRouter } from '@tianjillm/router'
import { aliasesOf } from '../compose/aliases.ts'
import type { Environment } from '../compose/configure-plugin.ts'
import { awaitsCredential } from '../compose/credentials.ts'
import { type DeploymentFactory, entryId } from '../compose/deployment-factory.ts'
import { Problems } from '../config/problems.ts'
import type { RawConfig } from '../config/read-file.ts'
import type { Config, ModelEntry } from '../config/schema.ts'
import type { Place } from '../config/validate.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { groupsOf } from './access-groups.ts'
import { LiveCallbacks } from './live-callbacks.ts'
import { type LiveModel, LiveModels } from './live-models.ts'
import { checkSetting, isSealed, liveParts, splitPath, withSettings } from './live-settings.ts'
import { maskedValues } from './mask.ts'
import { modelView } from './model-views.ts'
import { createRetirement } from './retirement.ts'
import { settingViews, yamlView } from './settings-views.ts'

export interface LiveSources {
  /** The file's, with its credentials put in. */
  readonly config: Config
  /** As it was written. */
  readonly raw: RawConfig
  readonly place: Place
  /** What does not change while the proxy runs. */
  readonly base: Omit<Settings, 'router' | 'limits' | 'dropParams' | 'captureText'>
  /** Of the file. */
  readonly deployments: readonly Deployment[]
  readonly factory: DeploymentFactory
  readonly directory: ConfigurationDirectory
  readonly sealer: Sealer
  readonly storing: boolean
  readonly loader: PluginLoader
  readonly env: Environment
  readonly hosts: { readonly operator: Host; readonly checked: Host }
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
  /** Whether anything of what is served may be stored. */
  readonly matters: boolean
  close(signal: AbortSignal): Promise<void>
}

interface Effect {
  readonly config: Config
  readonly settings: Settings
  readonly models: readonly ModelView[]
}

const MASKED_UNKNOWN: ReadonlySet<string> = new Set()

/** Composes what the config file says with what is stored into new settings, each time that something stored changes. */
export function createLiveConfiguration(sources: LiveSources): LiveConfiguration {
  const { config: file, raw, place, base, factory, directory, sealer, storing, loader, env, hosts, clock, log } = sources
  const retirement = createRetirement(clock)
  const entries = file.model_list.map((entry, index) => ({ entry, path: place('model_list', index) }))
  const waiting = entries.filter(({ entry }) => awaitsCredential(entry)).map(({ entry, path }) => ({ id: entryId(entry), entry, path }))
  const liveModels = new LiveModels({ factory, loader, sealer, env, hosts, retirement, clock, log }, waiting)
  const inFile = (path: string): boolean => {
    const [section, name] = splitPath(path)
    const values = raw[section]
    return typeof values === 'object' && values !== null && Object.hasOwn(values, name)
  }
  const liveCallbacks = new LiveCallbacks({ loader, env, hosts, clock, log, fromFile: new Set(base.callbacks.map(({ name }) => name)), setInFile: (name) => inFile(`callback_settings.${name}`) })
  const taken = new Set([...sources.deployments.map(({ id }) => id), ...waiting.map(({ id }) => id)])
  const shownOfFile = new Map<ModelEntry, ReadonlySet<string>>()

  const withStored = (settings: ConfigurationSnapshot['settings']): Config =>
    withSettings(file, storing ? settings : new Map(), inFile, (path, sealed) => {
      try {
        return sealer.open(sealed, `setting:${path}`)
      } catch (error) {
        log.warn({ path }, `${path}: ${(error as Error).message}`)
        return undefined
      }
    })

  const effectOf = async (snapshot: ConfigurationSnapshot, live: readonly LiveModel[]): Promise<Effect> => {
    const config = withStored(snapshot.settings)
    const grouped = (deployment: Deployment): Deployment => {
      const own = deployment.accessGroups ?? []
      const all = groupsOf(snapshot.accessGroups.values(), deployment.id, deployment.modelName, own)
      return all.length === own.length ? deployment : factory.varied(deployment, { accessGroups: all })
    }
    const served = [...sources.deployments, ...live.filter(({ record }) => record?.blocked !== true).flatMap(({ deployment }) => deployment ?? [])].map(grouped)
    const callbacks = [...base.callbacks, ...(await liveCallbacks.update(config))]
    const settings: Settings = {
      ...base, ...liveParts(config), callbacks,
      router: createRouter({ deployments: served, aliases: aliasesOf(config, served, new Problems()), expand: (deployment, model) => factory.expand(deployment, model) }),
      captureText: !config.litellm_settings.turn_off_message_logging && callbacks.some(({ callback }) => callback.needs.text === true),
    }
    return { config, settings, models: await viewsOf(snapshot, live) }
  }

  const viewsOf = async (snapshot: ConfigurationSnapshot, live: readonly LiveModel[]): Promise<readonly ModelView[]> => {
    const groups = (id: string, entry: ModelEntry): readonly string[] => groupsOf(snapshot.accessGroups.values(), id, entry.model_name, entry.model_info?.access_groups ?? [])
    const made = entries.filter(({ entry }) => !awaitsCredential(entry))
    const ofFile: ModelView[] = []
    for (const deployment of sources.deployments) {
      const entry = made.find(({ entry: one }) => one.model_name === deployment.modelName && baseId(deployment.id) === baseId(entryId(one)))?.entry
      if (!entry) continue
      if (!shownOfFile.has(entry)) shownOfFile.set(entry, await liveModels.shownKeys(entry))
      ofFile.push(modelView(deployment.id, entry, shownOfFile.get(entry) ?? MASKED_UNKNOWN, groups(deployment.id, entry), deployment))
    }
    return [...ofFile, ...(await Promise.all(live.map(async (model) => modelView(model.id, model.entry, await liveModels.shownKeys(model.entry), groups(model.id, model.entry), model.deployment, { ...model, blocked: model.record?.blocked ?? false }))))]
  }

  let follower: ((settings: Settings) => void) | undefined
  let effect: Effect = { config: file, models: [], settings: { ...base, ...liveParts(file), router: createRouter({ deployments: sources.deployments, aliases: aliasesOf(file, sources.deployments, new Problems()), expand: (deployment, model) => factory.expand(deployment, model) }), captureText: !file.litellm_settings.turn_off_message_logging && base.callbacks.some(({ callback }) => callback.needs.text === true) } }
  let live: readonly LiveModel[] = []
  let first: () => void
  const read = new Promise<void>((resolve) => { first = resolve })

  const mirror = createMirror({
    directory, clock, log,
    async apply(snapshot) {
      try {
        live = await liveModels.update(snapshot, storing, taken)
        effect = await effectOf(snapshot, live)
        follower?.(effect.settings)
      } catch (error) {
        log.error({ err: error }, 'what is stored could not be put into effect')
      }
      first()
    },
  })

  return {
    directory, sealer, storing,
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
    applied: () => mirror.applied(),
    models: () => effect.models,
    async checkModel({ id, modelName, params, info }: ModelDraft) {
      if (taken.has(id)) throw new GatewayError('owned_by_config', `The config file has the model ${JSON.stringify(id)}, so the API may not change it.`, { param: 'model_info.id' })
      const [problem] = await liveModels.check(id, { model_name: modelName, litellm_params: params as Record<string, unknown>, model_info: info }, mirror.snapshot)
      if (problem) throw new GatewayError('invalid_config', `${problem.path} ${problem.message}`, { param: problem.path })
    },
    credentials: () => [
      ...file.credential_list.map(({ credential_name: name, credential_values: values, credential_info: info }) => ({ name, origin: 'file' as const, values: maskedValues(values), info })),
      ...[...mirror.snapshot.credentials.values()].map(({ id, values, info }) => ({ name: id, origin: 'database' as const, values: opened(() => sealer.open(values, `credential:${id}`)), info })),
    ],
    credentialOfModel(id) {
      const view = effect.models.find((one) => one.id === id)
      return view && Object.fromEntries(Object.entries(view.params).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && /^\*{4}|^os\.environ\//.test(pair[1])))
    },
    callbacks: () => effect.settings.callbacks.map(({ name }) => ({ name, type: typeOfCallback(effect.config, name), origin: base.callbacks.some((one) => one.name === name) ? 'file' : 'database' })),
    settingViews: () => settingViews(effect.config, inFile, (path) => mirror.snapshot.settings.has(path)),
    async checkSetting(path, value) {
      checkSetting(path, value, inFile)
      const next = new Map(mirror.snapshot.settings)
      const stamp = { createdAt: 0, createdBy: '', updatedAt: 0, updatedBy: '', version: 1 }
      next.set(path, { id: path, value: isSealed(path) ? sealer.seal(value, `setting:${path}`) : value, ...stamp })
      const config = withStored(next)
      const problems = await liveCallbacks.check(config)
      aliasesOf(config, [...sources.deployments, ...live.flatMap(({ deployment }) => deployment ?? [])], problems)
      const [problem] = problems.errors
      if (problem) throw new GatewayError('invalid_config', `${problem.path} ${problem.message}`, { param: problem.path })
    },
    yaml() {
      const stored: Record<string, Record<string, unknown>> = {}
      for (const [path, { value }] of mirror.snapshot.settings) {
        const [section, name] = splitPath(path)
        ;(stored[section] ??= {})[name] = isSealed(path) ? opened(() => sealer.open(String(value), `setting:${path}`)) : value
      }
      return yamlView(raw, stored)
    },
    async close(signal) {
      mirror.close()
      await Promise.all([liveCallbacks.close(signal), retirement.close(), ...live.map(async ({ deployment }) => deployment?.provider.close?.())])
    },
  }
}

/** An id without the number that tells repeated entries apart. */
function baseId(id: string): string {
  return id.replace(/-\d+$/, '')
}

function opened(open: () => unknown): Readonly<Record<string, string>> {
  try {
    return maskedValues(open() as Record<string, unknown>)
  } catch (error) {
    return { error: (error as Error).message }
  }
}

function typeOfCallback({ litellm_settings: litellm }: Config, name: string): 'success' | 'failure' | 'success_and_failure' {
  const success = litellm.success_callback.includes(name)
  const failure = litellm.failure_callback.includes(name)
  return litellm.callbacks.includes(name) || success === failure ? 'success_and_failure' : success ? 'success' : 'failure'
}
