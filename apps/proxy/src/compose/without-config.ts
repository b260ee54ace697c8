import type { Config } from '../config/schema.ts'
import { shippedPackages } from '../plugins/shipped-packages.ts'
import type { Environment } from './configure-plugin.ts'

/** The model that answers with nothing configured, so that the first request works. */
export const HELLO_MODEL = 'hello'

/** A configuration for a start without a file: `provider/*` for each key in the environment, and a greeting. */
export function withoutConfig(config: Config, env: Environment): Config {
  const { keys, greeter } = shippedPackages()
  const found = keys.filter(({ variable }) => (env[variable] ?? '') !== '')
  const example = keys.find(({ provider }) => provider === greeter) ?? keys[0]
  const advice = example === undefined ? '' : `, or set a provider key such as ${example.variable} and ask for ${example.provider}/MODEL`
  return {
    ...config,
    model_list: [
      ...found.map(({ provider }) => ({ model_name: `${provider}/*`, litellm_params: { model: `${provider}/*` } })),
      ...(greeter === undefined ? [] : [{
        model_name: HELLO_MODEL,
        litellm_params: {
          model: `${greeter}/hello`,
          api_key: 'none',
          mock_response: `Hello from tianjiLLM! Add models in a config file (--config FILE)${advice}.`,
        },
      }]),
    ],
  }
}
