import { type CallRecord, type Host, isGatewayError } from '@tianjillm/core'
import type { CallbackBinding } from '@tianjillm/gateway'
import type { Problems } from '../config/problems.ts'
import type { Config } from '../config/schema.ts'
import type { PluginLoader } from '../plugins/load-plugin.ts'
import { configurePlugin, type Environment } from './configure-plugin.ts'

/** The part of a configuration that names callbacks. */
export type CallbackConfig = Pick<Config, 'callback_settings'> & { readonly litellm_settings: Pick<Config['litellm_settings'], 'callbacks' | 'success_callback' | 'failure_callback'> }

/** The callbacks of the config. Settings of one stand in `callback_settings` under the name that the list uses. */
export async function createCallbacks(config: CallbackConfig, env: Environment, load: PluginLoader['loadShipped'], host: Host, problems: Problems): Promise<CallbackBinding[]> {
  const { callbacks, success_callback, failure_callback } = config.litellm_settings
  const names = [...new Set([...callbacks, ...success_callback, ...failure_callback])]
  for (const name of Object.keys(config.callback_settings)) {
    if (!names.includes(name)) problems.warn(`callback_settings.${name}`, 'has no effect: litellm_settings.callbacks (or success_callback, failure_callback) does not name it.')
  }
  const bindings: CallbackBinding[] = []
  for (const name of names) {
    const { callback_type: type = name, ...written } = config.callback_settings[name] ?? {}
    const path = `callback_settings.${name}`
    try {
      const plugin = await load('callback', String(type))
      const configured = await configurePlugin(plugin, written, env, path, problems)
      if (!configured) continue
      bindings.push({ name, callback: await plugin.create(configured as never, host), hears: hears(callbacks.includes(name), success_callback.includes(name), failure_callback.includes(name)) })
    } catch (error) {
      problems.error(path, isGatewayError(error) ? error.message : String(error))
    }
  }
  return bindings
}

function hears(all: boolean, success: boolean, failure: boolean): (record: CallRecord) => boolean {
  if (all || (success && failure)) return () => true
  return (record) => (record.status === 'success') === success
}
