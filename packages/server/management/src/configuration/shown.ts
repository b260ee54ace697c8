import * as v from 'valibot'
import { defineRoute, type DocumentedRoute, Reply } from '../define-route.ts'
import type { ConfigurationOptions } from './routes.ts'

const names = v.array(v.string())

/** What is in effect, for those who look: callbacks, settings of the router, the whole as YAML. */
export function shownRoutes({ configuration }: ConfigurationOptions): readonly DocumentedRoute[] {
  const tag = 'Settings'
  const routerValues = (): Record<string, unknown> => Object.fromEntries(configuration.settingViews().filter(({ section }) => section === 'router_settings').map(({ name, value }) => [name, value]))
  return [
    defineRoute({
      method: 'GET', paths: ['/config/yaml'], permission: 'config:read', tag, summary: 'The config file and what was set over the API, as YAML, without secrets.', answer: v.string(),
      handle: () => new Reply(200, configuration.yaml(), { 'content-type': 'text/yaml; charset=utf-8' }),
    }),
    defineRoute({
      method: 'GET', paths: ['/callbacks/list'], permission: 'config:read', tag, summary: 'The callbacks in effect, by what they hear of.', answer: v.object({ success: names, failure: names, success_and_failure: names }),
      handle() {
        const all = configuration.callbacks()
        const of = (wanted: string): string[] => all.filter(({ type }) => type === wanted).map(({ name }) => name)
        return { success: of('success'), failure: of('failure'), success_and_failure: of('success_and_failure') }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/get/config/callbacks'], permission: 'config:read', tag, summary: 'The callbacks in effect, and the settings of the router.',
      answer: v.object({ status: v.string(), callbacks: v.array(v.object({ name: v.string(), type: v.string(), variables: v.looseObject({}), owned_by_config: v.boolean() })), alerts: v.array(v.unknown()), router_settings: v.looseObject({}) }),
      handle: () => ({ status: 'success', callbacks: configuration.callbacks().map(({ name, type, origin }) => ({ name, type, variables: {}, owned_by_config: origin === 'file' })), alerts: [], router_settings: routerValues() }),
    }),
    defineRoute({
      method: 'GET', paths: ['/router/settings'], permission: 'config:read', tag, summary: 'The settings of the router: what they are, and what is in effect.',
      answer: v.object({ fields: v.array(v.looseObject({ field_name: v.string(), field_type: v.string() })), current_values: v.looseObject({}) }),
      handle: () => ({
        fields: configuration.settingViews().filter(({ section }) => section === 'router_settings').map((view) => ({ field_name: view.name, field_type: view.type, field_value: view.value, field_default: view.default, owned_by_config: view.inFile, live: view.live })),
        current_values: routerValues(),
      }),
    }),
  ]
}
