import { type Plugin, type StandardSchemaV1, unknownKey } from '@tianjillm/core'
import { pathOf, type Problems } from '../config/problems.ts'

export type Environment = Readonly<Record<string, string | undefined>>

type AnyPlugin = Pick<Plugin, 'name' | 'config' | 'env'>

/**
 * A plugin's configuration: what the operator wrote, completed from the environment variables that the
 * plugin names, checked by the plugin's schema. Problems are noted with their path; undefined when there is one.
 *
 * @param extraKeys keys of the surrounding object that are not the plugin's, for suggestions
 */
export async function configurePlugin(plugin: AnyPlugin, written: Readonly<Record<string, unknown>>, env: Environment, path: string, problems: Pick<Problems, 'error'>, extraKeys: Iterable<string> = []): Promise<Record<string, unknown> | undefined> {
  const config: Record<string, unknown> = { ...written }
  for (const [key, variables] of Object.entries(plugin.env ?? {})) {
    if (config[key] !== undefined) continue
    const found = variables.map((name) => env[name]).find((value) => value !== undefined && value !== '')
    if (found !== undefined) config[key] = found
  }
  const result = await plugin.config['~standard'].validate(config)
  if (!result.issues) return result.value as Record<string, unknown>
  const known = [...schemaKeys(plugin.config), ...extraKeys]
  for (const issue of result.issues) {
    const keys = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part) as string | number)
    problems.error(pathOf([path, ...keys]), wordsOf(issue, keys, config, plugin, known))
  }
  return undefined
}

function wordsOf(issue: StandardSchemaV1.Issue, keys: readonly (string | number)[], config: Record<string, unknown>, plugin: AnyPlugin, known: readonly string[]): string {
  const key = String(keys.at(-1) ?? '')
  if (keys.length === 1 && config[key] !== undefined && !known.includes(key)) return unknownKey(key, known)
  if (keys.length === 1 && config[key] === undefined) {
    const variables = plugin.env?.[key]
    return variables ? `is missing. Set it here or in the environment (${variables.join(' or ')}).` : 'is missing.'
  }
  // Messages of schemas may repeat the value, which may be a secret.
  return /received/i.test(issue.message) ? issue.message.replace(/ but received.*$/is, '.') : `${issue.message}.`
}

/** The keys that a schema declares, as far as its library lets us see (valibot, zod). */
export function schemaKeys(schema: unknown): string[] {
  const { entries, shape, wrapped, pipe } = schema as { entries?: object; shape?: object; wrapped?: unknown; pipe?: readonly unknown[] }
  if (entries ?? shape) return Object.keys(entries ?? shape ?? {})
  if (wrapped) return schemaKeys(wrapped)
  return pipe?.[0] ? schemaKeys(pipe[0]) : []
}
