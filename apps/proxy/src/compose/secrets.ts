import { type Host, isGatewayError, type Secrets } from '@tianjillm/core'
import type { Problems } from '../config/problems.ts'
import type { RawConfig } from '../config/read-file.ts'
import { type LookUp, resolveReferences } from '../config/references.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { configurePlugin, type Environment } from './configure-plugin.ts'

/** Milliseconds that reading one secret may take. */
const TIMEOUT_MS = 10_000

/** The look-up for `os.environ/NAME`: the secret manager first when there is one, then the environment. */
export async function secretLookUp(raw: RawConfig, environment: LookUp, env: Environment, loader: PluginLoader, host: Host, problems: Problems, opened: (secrets: Secrets) => void): Promise<LookUp> {
  const general = (raw['general_settings'] ?? {}) as Record<string, unknown>
  const system = general['key_management_system']
  if (typeof system !== 'string') return environment
  const path = 'general_settings.key_management_settings'
  try {
    const plugin = await loader.load('secrets', system)
    const { value } = await resolveReferences((general['key_management_settings'] ?? {}) as Record<string, unknown>, environment, problems, [path])
    const configured = await configurePlugin(plugin, value, env, path, problems)
    if (!configured) return environment
    const secrets = await plugin.create(configured as never, host)
    opened(secrets)
    return async (name) => (await secrets.get(name, AbortSignal.timeout(TIMEOUT_MS)))?.reveal() ?? environment(name)
  } catch (error) {
    problems.error('general_settings.key_management_system', isGatewayError(error) ? error.message : String(error))
    return environment
  }
}
