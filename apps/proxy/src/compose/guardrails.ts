import { isGatewayError } from '@tianjillm/core'
import type { GuardrailBinding } from '@tianjillm/gateway'
import { configurePlugin } from './configure-plugin.ts'
import type { Sources } from './deployments.ts'

/** Keys of a guardrail's `litellm_params` that say where it runs; the rest is the plugin's. */
const placing = ['guardrail', 'mode', 'default_on', 'unreachable_fallback', 'guardrail_timeout'] as const

/** Which side LiteLLM's modes look at. `during_call` judges the input, before the provider is asked. */
const sides = { pre_call: 'input', during_call: 'input', post_call: 'output', logging_only: undefined } as const

/** The guardrails of the config, in its order. */
export async function createGuardrails({ config, place, env, loader, host, problems }: Sources): Promise<GuardrailBinding[]> {
  const bindings: GuardrailBinding[] = []
  for (const [index, { guardrail_name: name, litellm_params: params }] of config.guardrails.entries()) {
    const path = `${place('guardrails', index)}.litellm_params`
    if (bindings.some((other) => other.name === name)) problems.error(`${place('guardrails', index)}.guardrail_name`, `${JSON.stringify(name)} is used twice.`)
    try {
      const plugin = await loader.load('guardrail', params.guardrail)
      const written = Object.fromEntries(Object.entries(params).filter(([key]) => !(placing as readonly string[]).includes(key)))
      const configured = await configurePlugin(plugin, written, env, path, problems, placing)
      if (!configured) continue
      const guardrail = await plugin.create(configured as never, host)
      const on = [...new Set([params.mode].flat().map((mode) => sides[mode]))].filter((side) => side !== undefined)
      for (const side of on) {
        if (!guardrail.on.includes(side)) problems.error(`${path}.mode`, `${plugin.name} does not look at ${side === 'input' ? 'requests' : 'answers'}.`)
      }
      bindings.push({
        name,
        guardrail,
        on,
        defaultOn: params.default_on,
        onError: params.unreachable_fallback === 'fail_open' ? 'open' : 'closed',
        timeoutMs: params.guardrail_timeout * 1000,
      })
    } catch (error) {
      problems.error(path, isGatewayError(error) ? error.message : String(error))
    }
  }
  return bindings
}
