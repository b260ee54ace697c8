import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { text } from '../fields.ts'
import { operators } from './author.ts'
import { mustStore } from './must-store.ts'
import type { SettingView } from './port.ts'
import type { ConfigurationOptions } from './routes.ts'
import { settingWriter } from './setting-writer.ts'

const sectionNames = ['general_settings', 'litellm_settings', 'router_settings', 'callback_settings'] as const
const section = v.picklist(sectionNames, `must be one of ${sectionNames.join(', ')}`)
const fields = v.optional(v.nullable(v.record(v.string(), v.unknown(), 'must be an object')))
/** Adding one callback names it alone, as LiteLLM has it: these lists are joined. */
const joined: ReadonlySet<string> = new Set(['litellm_settings.callbacks', 'litellm_settings.success_callback', 'litellm_settings.failure_callback'])

const row = v.object({ param_name: v.string(), param_value: v.record(v.string(), v.unknown()) })
const listed = v.object({
  field_name: v.string(), field_type: v.string(), field_description: v.string(), field_value: v.unknown(), stored_in_db: v.nullable(v.boolean()), field_default_value: v.unknown(), owned_by_config: v.boolean(), live: v.boolean(),
})

/** `/config/update` and `/config/field/*`: settings that take effect at once. */
export function settingRoutes(options: ConfigurationOptions): readonly DocumentedRoute[] {
  const { configuration } = options
  const { directory: { settings } } = configuration
  const authorOf = operators(options)
  const tag = 'Settings'

  const put = settingWriter(configuration)
  const sectionOf = (name: string): Record<string, unknown> => Object.fromEntries(configuration.settingViews().filter((view) => view.section === name && view.stored).map((view) => [view.name, view.value]))
  const find = (name: string): SettingView => {
    const found = configuration.settingViews().find((view) => view.name === name || view.path === name)
    if (!found) throw new GatewayError('not_found', `There is no setting ${JSON.stringify(name)}. GET /config/list lists them.`, { param: 'field_name' })
    return found
  }

  return [
    defineRoute({
      method: 'POST', paths: ['/config/update'], permission: 'config:write', tag, summary: 'Sets several settings; null takes one away. All are checked before the first is written.',
      body: v.strictObject({ general_settings: fields, litellm_settings: fields, router_settings: fields, callback_settings: fields, environment_variables: fields }), answer: v.object({ message: v.string() }),
      async handle({ body: { environment_variables, ...sections }, caller }) {
        const author = authorOf(caller)
        mustStore(configuration)
        if (Object.keys(environment_variables ?? {}).length > 0) throw new GatewayError('invalid_config', 'The environment of a running proxy cannot be changed. What a callback needs goes into `callback_settings`, under its name.', { param: 'environment_variables' })
        const changes = Object.entries(sections).flatMap(([name, values]) => Object.entries(values ?? {}).map(([key, value]) => [`${name}.${key}`, value] as const))
        await configuration.checkSettings(changes)
        // Settings of a callback come before the list that names it.
        changes.sort(([a], [b]) => Number(joined.has(a)) - Number(joined.has(b)))
        for (const [path, value] of changes) {
          if (value === null) await settings.delete(path, author)
          else await put(path, (before) => (joined.has(path) && Array.isArray(before) ? [...new Set([...(before as unknown[]), ...(value as unknown[])])] : value), author)
        }
        await configuration.applied()
        return { message: 'Config updated successfully' }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/config/field/update'], permission: 'config:write', tag, summary: 'Sets one setting.', body: v.strictObject({ field_name: text, field_value: v.unknown(), config_type: v.optional(section, 'general_settings') }), answer: row,
      async handle({ body: { field_name, field_value, config_type }, caller }) {
        mustStore(configuration)
        const path = `${config_type}.${field_name}`
        await configuration.checkSettings([[path, field_value]])
        await put(path, () => field_value, authorOf(caller))
        await configuration.applied()
        return { param_name: config_type, param_value: sectionOf(config_type) }
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/config/field/delete'], permission: 'config:write', tag, summary: 'Takes back what the API set; the default holds again.', body: v.strictObject({ field_name: text, config_type: v.optional(section, 'general_settings') }), answer: row,
      async handle({ body: { field_name, config_type }, caller }) {
        mustStore(configuration)
        const path = `${config_type}.${field_name}`
        if (!(await settings.delete(path, authorOf(caller)))) throw new GatewayError('not_found', `The API did not set ${path}.`, { param: 'field_name' })
        await configuration.applied()
        return { param_name: config_type, param_value: sectionOf(config_type) }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/config/field/info'], permission: 'config:read', tag, summary: 'What is in effect for one setting, and whose word it is.', search: v.object({ field_name: text }),
      answer: v.object({ field_name: v.string(), field_value: v.unknown(), stored_in_db: v.boolean(), owned_by_config: v.boolean() }),
      handle({ search: { field_name } }) {
        const { value, stored, inFile } = find(field_name)
        return { field_name, field_value: value, stored_in_db: stored, owned_by_config: inFile }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/config/list'], permission: 'config:read', tag, summary: 'The settings of a section: what is in effect, whose word it is, and whether the API may set it.', search: v.object({ config_type: v.optional(section, 'general_settings') }), answer: v.array(listed),
      handle: ({ search: { config_type } }) => configuration.settingViews().filter((view) => view.section === config_type).map((view) => ({
        field_name: view.name, field_type: view.type, field_description: view.live ? 'Takes effect at once.' : 'Read when the proxy starts.', field_value: view.value, stored_in_db: view.stored ? true : view.inFile ? false : null, field_default_value: view.default, owned_by_config: view.inFile, live: view.live,
      })),
    }),
  ]
}
