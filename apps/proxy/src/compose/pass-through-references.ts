import { passGuardrails } from '@tianjillm/management'
import type { Problems } from '../config/problems.ts'
import { REFERENCE } from '../config/references.ts'
import type { Config } from '../config/schema.ts'
import type { Environment } from './configure-plugin.ts'

const inText = new RegExp(`${REFERENCE}(\\w+)`, 'g')

/**
 * Puts variables of the environment into headers of pass-through endpoints where they stand inside a text, as LiteLLM's
 * config files write them (`Authorization: "bearer os.environ/KEY"`), and notes two endpoints of one path and guardrails that are not there.
 */
export function withEndpointReferences(config: Config, env: Environment, problems: Problems): Config {
  const { pass_through_endpoints: endpoints } = config.general_settings
  if (endpoints.length === 0) return config
  const at = (index: number, name: string): string => `general_settings.pass_through_endpoints[${index}].${name}`
  const seen = new Set<string>()
  const resolved = endpoints.map((endpoint, index) => {
    if (seen.has(endpoint.path)) problems.error(at(index, 'path'), `is the path of another endpoint too: ${endpoint.path}.`)
    seen.add(endpoint.path)
    for (const { name } of passGuardrails(endpoint)) if (!config.guardrails.some((one) => one.guardrail_name === name)) problems.error(at(index, 'guardrails'), `names ${JSON.stringify(name)}, which is not among the guardrails.`)
    const headers = Object.entries(endpoint.headers ?? {}).map(([name, value]) => [name, value.replaceAll(inText, (_, variable: string) => {
      const found = Object.hasOwn(env, variable) ? env[variable] : undefined
      if (found === undefined) problems.error(at(index, `headers.${name}`), `refers to ${variable}, which is not in the environment.`)
      return found ?? ''
    })] as const)
    return { ...endpoint, headers: Object.fromEntries(headers) }
  })
  return { ...config, general_settings: { ...config.general_settings, pass_through_endpoints: resolved } }
}
