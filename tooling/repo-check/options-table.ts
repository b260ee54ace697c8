import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toJsonSchema } from '@valibot/to-json-schema'
import { type GenericSchema, getMetadata } from 'valibot'
import type { Package } from '../workspace/workspace.ts'

const open = '<!-- options -->'
const close = '<!-- /options -->'

interface Described {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Described[]
  readonly items?: Described
  readonly default?: unknown
  readonly description?: string
}

/** The part of a plugin that its options table tells about. */
export interface Configurable {
  readonly config: GenericSchema
  readonly env?: Readonly<Record<string, readonly string[]>>
}

/** A table of the options of a plugin, one row a key of its config. */
export function optionsTable({ config, env = {} }: Configurable): string {
  const schema = toJsonSchema(config, { typeMode: 'input', errorMode: 'ignore' }) as { properties?: Record<string, Described>; required?: string[] }
  const rows = Object.entries(schema.properties ?? {}).map(([key, option]) => {
    const { secret, description } = metadataOf(entryOf(config, key))
    const fallback = option.default === undefined ? (schema.required?.includes(key) && env[key] === undefined ? 'required' : '') : code(option.default)
    const variables = env[key]?.map((name) => `\`${name}\``).join(', ')
    const notes = [description ?? option.description, secret === true && 'Secret.', variables && `From ${variables} when absent.`].filter(Boolean)
    return `| \`${key}\` | ${typeName(option)} | ${fallback} | ${cell(notes.join(' '))} |`
  })
  return rows.length === 0 ? 'No options.' : ['| option | type | default | |', '|---|---|---|---|', ...rows].join('\n')
}

function typeName(option: Described): string {
  if (option.enum) return option.enum.map(code).join(' or ')
  if (option.const !== undefined) return code(option.const)
  if (option.anyOf) return [...new Set(option.anyOf.map(typeName))].join(' or ')
  if (option.type === 'array' && option.items) return `list of ${typeName(option.items)}`
  return typeof option.type === 'string' ? option.type : (option.type?.join(' or ') ?? 'any')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const code = (value: unknown): string => `\`${cell(JSON.stringify(value))}\``

type Wrapping = GenericSchema & { readonly entries?: Readonly<Record<string, GenericSchema>>; readonly wrapped?: GenericSchema; readonly pipe?: readonly Wrapping[] }

function entryOf(schema: Wrapping, key: string): Wrapping | undefined {
  return schema.entries?.[key] ?? schema.pipe?.[0]?.entries?.[key]
}

/** Metadata of a schema and of what it wraps; marks behind a transformation are not in the JSON schema of the input. */
function metadataOf(schema: Wrapping | undefined): { secret?: unknown; description?: string } {
  if (schema === undefined) return {}
  const root = schema.pipe?.[0] ?? schema
  return { ...metadataOf(root.wrapped), ...getMetadata(schema) }
}

/** The README with its options table replaced, or undefined when it has no place for one. */
export function withOptions(readme: string, table: string): string | undefined {
  const start = readme.indexOf(open)
  if (start === -1) return undefined
  const end = readme.indexOf(close, start)
  const after = end === -1 ? readme.slice(start + open.length) : readme.slice(end + close.length)
  return `${readme.slice(0, start)}${open}\n${table}\n${close}${after}`
}

/** The plugin of an integration's package, or undefined when its config is no valibot schema (or it has no plugin yet). */
export async function pluginOf(root: string, pkg: Package): Promise<Configurable | undefined> {
  const file = join(root, pkg.dir, 'src/plugin.ts')
  if (!existsSync(file)) return undefined
  const exported = Object.values((await import(pathToFileURL(file).href)) as Record<string, unknown>)
  return exported.find((value): value is Configurable => {
    const found = value as { apiVersion?: unknown; config?: { '~standard'?: { vendor?: unknown } } } | null
    return typeof found === 'object' && found?.apiVersion !== undefined && found.config?.['~standard']?.vendor === 'valibot'
  })
}
