import type { Config } from '../config/schema.ts'
import type { Environment } from './configure-plugin.ts'

/** Providers that are served without a config as soon as the environment has their key. */
const offered: readonly (readonly [provider: string, variable: string])[] = [
  ['openai', 'OPENAI_API_KEY'],
  ['anthropic', 'ANTHROPIC_API_KEY'],
  ['gemini', 'GEMINI_API_KEY'],
  ['groq', 'GROQ_API_KEY'],
  ['mistral', 'MISTRAL_API_KEY'],
  ['deepseek', 'DEEPSEEK_API_KEY'],
  ['openrouter', 'OPENROUTER_API_KEY'],
  ['xai', 'XAI_API_KEY'],
]

/** The model that answers with nothing configured, so that the first request works. */
export const HELLO_MODEL = 'hello'

/** A configuration for a start without a file: `provider/*` for each key in the environment, and a greeting. */
export function withoutConfig(config: Config, env: Environment): Config {
  const found = offered.filter(([, variable]) => (env[variable] ?? '') !== '')
  return {
    ...config,
    model_list: [
      ...found.map(([provider]) => ({ model_name: `${provider}/*`, litellm_params: { model: `${provider}/*` } })),
      {
        model_name: HELLO_MODEL,
        litellm_params: {
          model: 'openai/hello',
          api_key: 'none',
          mock_response: 'Hello from tianjiLLM! Add models in a config file (--config FILE), or set a provider key such as OPENAI_API_KEY and ask for openai/gpt-4o-mini.',
        },
      },
    ],
  }
}
