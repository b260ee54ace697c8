import { type Host, isGatewayError } from '@tianjillm/core'
import type { CacheBinding } from '@tianjillm/gateway'
import type { Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { configurePlugin, type Environment } from './configure-plugin.ts'

const placing = ['type', 'ttl', 'mode'] as const

/** The answer cache, when `litellm_settings.cache` is on. LiteLLM's type `local` is an alias of `memory`. */
export async function createCache(config: Config, env: Environment, loader: PluginLoader, host: Host, problems: Problems): Promise<CacheBinding | undefined> {
  const { cache, cache_params: params } = config.litellm_settings
  if (!cache) return undefined
  const path = 'litellm_settings.cache_params'
  try {
    const plugin = await loader.load('cache', params.type)
    const written = Object.fromEntries(Object.entries(params).filter(([key]) => !(placing as readonly string[]).includes(key)))
    const configured = await configurePlugin(plugin, written, env, path, problems, placing)
    if (!configured) return undefined
    return { cache: await plugin.create(configured as never, host), ttlMs: params.ttl * 1000, mode: params.mode === 'default_off' ? 'off' : 'on' }
  } catch (error) {
    problems.error(`${path}.type`, isGatewayError(error) ? error.message : String(error))
    return undefined
  }
}
