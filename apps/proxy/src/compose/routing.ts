import { type Host, isGatewayError } from '@tianjillm/core'
import type { Affinity } from '@tianjillm/gateway'
import { type CooldownPolicy, defaultCooldown, type ErrorClass, type NamedStrategy, type RouterOptions, type RoutedDeployment } from '@tianjillm/router'
import type { Problems } from '../config/problems.ts'
import { type AllowedFailsPolicy, preCallChecks } from '../config/router-schema.ts'
import type { Config } from '../config/schema.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { configurePlugin, type Environment } from './configure-plugin.ts'

/** LiteLLM's names of errors, as classes. */
const classes: Readonly<Record<keyof AllowedFailsPolicy, ErrorClass>> = {
  AuthenticationErrorAllowedFails: 'authentication',
  BadRequestErrorAllowedFails: 'bad_request',
  ContentPolicyViolationErrorAllowedFails: 'content_policy',
  InternalServerErrorAllowedFails: 'internal_server',
  RateLimitErrorAllowedFails: 'rate_limit',
  TimeoutErrorAllowedFails: 'timeout',
}

/** When deployments rest, and for how long. */
export function cooldownOf({ router_settings: router, litellm_settings: litellm }: Config): CooldownPolicy {
  const allowedFails = router.allowed_fails ?? litellm.allowed_fails
  const cooldown = router.cooldown_time ?? litellm.cooldown_time
  const byClass = Object.fromEntries(Object.entries(router.allowed_fails_policy).map(([name, fails]) => [classes[name as keyof AllowedFailsPolicy], fails]))
  return {
    ...defaultCooldown,
    // LiteLLM: a time of 0 turns it off.
    enabled: !router.disable_cooldowns && cooldown !== 0,
    ...(cooldown !== undefined && { cooldownMs: cooldown * 1000 }),
    ...(router.max_cooldown_time !== undefined && { maxCooldownMs: router.max_cooldown_time * 1000 }),
    ...(allowedFails !== undefined && { allowedFails }),
    ...(Object.keys(byClass).length > 0 && { allowedFailsPolicy: byClass }),
  }
}

/** What a router checks before it chooses. */
export function checksOf({ router_settings: router }: Config): Pick<RouterOptions<RoutedDeployment>, 'preCallChecks' | 'holdLimits' | 'tagFiltering'> {
  return {
    preCallChecks: router.enable_pre_call_checks,
    holdLimits: router.optional_pre_call_checks.includes('enforce_model_rate_limits'),
    tagFiltering: { enabled: router.enable_tag_filtering, matchAny: router.tag_filtering_match_any },
  }
}

/** Whose calls stay with a deployment; undefined: nobody's. */
export function affinityOf({ router_settings: { optional_pre_call_checks: checks } }: Config): Affinity | undefined {
  const affinity = { session: checks.includes('session_affinity'), key: checks.includes('deployment_affinity') }
  return affinity.session || affinity.key ? affinity : undefined
}

/** Tells of checks that are accepted and not made. */
export function warnOfChecks({ router_settings: { optional_pre_call_checks: checks } }: Config, problems: Problems): void {
  const later = checks.filter((check) => !(preCallChecks as readonly string[]).includes(check))
  if (later.length > 0) problems.warn('router_settings.optional_pre_call_checks', `names ${later.join(', ')}, which this version does not act on yet.`)
}

/** Routing strategies by what the settings say; each is made once. */
export interface Strategies {
  /** Undefined when it cannot be made: why is told. @param trusted the config file's word: it may name a package */
  of(config: Config, trusted: boolean, telling: Pick<Problems, 'error'>): Promise<NamedStrategy | undefined>
  close(): Promise<void>
}

export function createStrategies(loader: PluginLoader, env: Environment, host: Host): Strategies {
  const made = new Map<string, NamedStrategy>()
  return {
    async of({ router_settings: { routing_strategy: name, routing_strategy_args: args } }, trusted, telling) {
      const path = 'router_settings.routing_strategy'
      try {
        const plugin = await (trusted ? loader.load('strategy', name) : loader.loadShipped('strategy', name))
        const configured = await configurePlugin(plugin, args, env, `${path}_args`, telling)
        if (!configured) return undefined
        const key = JSON.stringify([plugin.name, configured])
        let strategy = made.get(key)
        if (!strategy) made.set(key, (strategy = { name: plugin.name, strategy: await plugin.create(configured as never, host) }))
        return strategy
      } catch (error) {
        telling.error(path, isGatewayError(error) ? error.message : `${name} could not be set up: ${error instanceof Error ? error.message : String(error)}`)
        return undefined
      }
    },
    async close() {
      await Promise.allSettled([...made.values()].map(async ({ strategy }) => strategy.close?.()))
    },
  }
}
