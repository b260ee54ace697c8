import type { SettingView } from '@tianjillm/management'
import { stringify } from 'yaml'
import type { Config } from '../config/schema.ts'
import type { RawConfig } from '../config/read-file.ts'
import { isLive, sectionEntries, sections } from './live-settings.ts'
import { maskedTree } from './mask.ts'

/** Every setting of the sections, with what is in effect. */
export function settingViews(config: Config, inFile: (path: string) => boolean, stored: (path: string) => boolean): readonly SettingView[] {
  return sections.flatMap((section) => Object.entries(sectionEntries(section)!).map(([name, schema]) => {
    const path = `${section}.${name}`
    const fallback = (schema as { readonly default?: unknown }).default ?? null
    return {
      path, section, name, type: typeOf(schema), default: fallback, inFile: inFile(path), stored: stored(path), live: isLive(path),
      value: (maskedTree({ [name]: (config[section] as Readonly<Record<string, unknown>>)[name] ?? null }) as Record<string, unknown>)[name],
    }
  }))
}

interface SchemaLike {
  readonly type: string
  readonly wrapped?: SchemaLike
  readonly pipe?: readonly SchemaLike[]
}

const types: Readonly<Record<string, string>> = { number: 'Float', boolean: 'Boolean', string: 'String', picklist: 'String', literal: 'String', array: 'List', record: 'PydanticModel' }

/** LiteLLM's words for types of settings. */
function typeOf(schema: unknown): string {
  const { type, wrapped, pipe } = schema as SchemaLike
  if (wrapped) return typeOf(wrapped)
  const whole = pipe?.some((step) => step.type === 'integer') === true
  return whole ? 'Integer' : (types[pipe?.[0]?.type ?? type] ?? 'PydanticModel')
}

/** Parts of a file whose keys are an integration's: only these of their texts are shown. */
const open = ['environment_variables', 'callback_settings', 'model_list', 'guardrails', 'credential_list']
const shown = new Set(['model', 'model_name', 'api_base', 'base_url', 'api_version', 'custom_llm_provider', 'litellm_credential_name', 'credential_name', 'guardrail', 'guardrail_name', 'mode', 'id', 'access_groups', 'callback_type', 'base_model', 'unreachable_fallback', 'type'])

/** A file as it was written, and what was set over the API, without secrets. */
export function yamlView(raw: RawConfig, stored: Readonly<Record<string, Readonly<Record<string, unknown>>>>): string {
  const whole: Record<string, unknown> = { ...raw }
  for (const [section, values] of Object.entries(stored)) whole[section] = { ...values, ...(whole[section] as object | undefined) }
  return stringify(Object.fromEntries(Object.entries(whole).map(([section, value]) => [section, maskedTree(value, open.includes(section) ? shown : undefined)])))
}
