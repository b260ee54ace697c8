import type { ConfigurationSnapshot, Sealer } from '@tianjillm/configuration'
import { type CallbackBinding, createPassThrough, type Deployment, type Settings } from '@tianjillm/gateway'
import type { ModelView } from '@tianjillm/management'
import { createRouter, type NamedStrategy, type RoutingState } from '@tianjillm/router'
import { aliasesOf, hiddenAliasesOf } from '../compose/aliases.ts'
import type { DeploymentFactory } from '../compose/deployment-factory.ts'
import type { FileDeployment } from '../compose/deployments.ts'
import { resilienceOf } from '../compose/resilience.ts'
import { affinityOf, checksOf, cooldownOf } from '../compose/routing.ts'
import { Problems } from '../config/problems.ts'
import type { Config, ModelEntry } from '../config/schema.ts'
import { groupsOf } from './access-groups.ts'
import type { LiveModel, LiveModels } from './live-models.ts'
import { liveParts } from './live-settings.ts'
import { modelView } from './model-views.ts'
import { endpointOptions, knownEndpoints } from './pass-through.ts'

/** What is in effect. Immutable. */
export interface Effect {
  readonly config: Config
  readonly settings: Settings
  readonly models: readonly ModelView[]
}

/** What does not change while the proxy runs. */
export type BaseSettings = Omit<Settings, 'router' | 'affinity' | 'passThrough' | 'resilience' | 'limits' | 'dropParams' | 'captureText'>

export interface EffectSources {
  readonly base: BaseSettings
  readonly deployments: readonly FileDeployment[]
  readonly factory: DeploymentFactory
  readonly liveModels: LiveModels
  /** What is known of deployments, over all changes of settings. */
  readonly routing: RoutingState
  readonly sealer: Sealer
}

/** What is stored, as far as it counts here. */
export type StoredParts = Pick<ConfigurationSnapshot, 'accessGroups' | 'fallbacks' | 'settings'>

/** Puts settings together from the parts of the file and those that are stored. */
export function createEffects({ base, deployments: ofFile, factory, liveModels, routing, sealer }: EffectSources) {
  const shownOfFile = new Map<ModelEntry, ReadonlySet<string>>()

  const settingsOf = (config: Config, { accessGroups, fallbacks, settings }: StoredParts, live: readonly LiveModel[], added: readonly CallbackBinding[], strategy: NamedStrategy): Settings => {
    const grouped = (deployment: Deployment): Deployment => {
      const own = deployment.accessGroups ?? []
      const all = groupsOf(accessGroups.values(), deployment.id, deployment.modelName, own)
      return all.length === own.length ? deployment : factory.varied(deployment, { accessGroups: all })
    }
    const called = live.filter(({ record }) => record?.blocked !== true).flatMap(({ deployment }) => deployment ?? [])
    const deployments = [...ofFile.map(({ deployment }) => deployment), ...called].map(grouped)
    const callbacks = [...base.callbacks, ...added]
    const affinity = affinityOf(config)
    routing.configure(cooldownOf(config))
    routing.retain(new Set(deployments.map(({ id }) => id)))
    return {
      ...base, ...liveParts(config), callbacks,
      router: createRouter({
        deployments, aliases: aliasesOf(config, deployments, new Problems()), hiddenAliases: hiddenAliasesOf(config), expand: (deployment, model) => factory.expand(deployment, model),
        state: routing, strategy, onStrategyError: (error) => base.log.error({ err: error, strategy: strategy.name }, 'the routing strategy failed, so the call was shared out by simple-shuffle'), ...checksOf(config),
      }),
      ...(affinity && { affinity }),
      passThrough: createPassThrough(endpointOptions(knownEndpoints(config.general_settings.pass_through_endpoints, settings, sealer))),
      resilience: resilienceOf(config, fallbacks.values()),
      captureText: !config.litellm_settings.turn_off_message_logging && callbacks.some(({ callback }) => callback.needs.text === true),
    }
  }

  const viewsOf = async ({ accessGroups }: StoredParts, live: readonly LiveModel[]): Promise<readonly ModelView[]> => {
    const groups = (id: string, entry: ModelEntry): readonly string[] => groupsOf(accessGroups.values(), id, entry.model_name, entry.model_info?.access_groups ?? [])
    for (const { entry } of ofFile) if (!shownOfFile.has(entry)) shownOfFile.set(entry, await liveModels.shownKeys(entry))
    return [
      ...ofFile.map(({ deployment, entry }) => modelView(deployment.id, entry, shownOfFile.get(entry)!, groups(deployment.id, entry), deployment)),
      ...(await Promise.all(live.map(async (model) => modelView(model.id, model.entry, await liveModels.shownKeys(model.entry), groups(model.id, model.entry), model.deployment, { ...model, blocked: model.record?.blocked ?? false })))),
    ]
  }

  return { settingsOf, viewsOf }
}
