import type { Principal } from '@tianjillm/auth'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { seesAll } from '../access.ts'
import type { ModelView } from '../configuration/port.ts'
import type { ConfigurationOptions } from '../configuration/routes.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { groupToWire, modelToWire } from './wire.ts'

const textQuery = v.optional(v.string())
const wholeQuery = v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/, 'must be a whole number from 1 on'), v.transform(Number)))
const model = v.looseObject({ model_name: v.string(), litellm_params: v.looseObject({}), model_info: v.looseObject({ id: v.string(), db_model: v.boolean() }) })
const PAGE = 50

/** `/model/info` and its kind: each caller sees the models that it may call, and those who see everything how they are reached. */
export function modelInfoRoutes({ gateway, configuration }: ConfigurationOptions): readonly DocumentedRoute[] {
  const visible = (principal: Principal | undefined): readonly ModelView[] => {
    if (seesAll(principal)) return configuration.models()
    const { router } = gateway.settings
    return configuration.models().filter(({ name, blocked, problem, info }) => (info['team_id'] === undefined || info['team_id'] === principal?.team?.id) && !blocked && problem === undefined && principal?.access?.refusal(name, router.group(name, principal.team?.id)) === undefined)
  }
  return [
    defineRoute({
      method: 'GET', paths: ['/model/info', '/v1/model/info'], permission: 'models:read', tag: 'Models', summary: 'The models that the caller may use, with prices and lengths.',
      search: v.object({ litellm_model_id: textQuery }), answer: v.object({ data: v.array(model) }),
      handle({ search: { litellm_model_id: id }, principal }) {
        const found = visible(principal).filter((view) => id === undefined || view.id === id)
        if (id !== undefined && found.length === 0) throw new GatewayError('not_found', 'There is no such model.', { status: 404, param: 'litellm_model_id' })
        return { data: found.map((view) => modelToWire(view, seesAll(principal))) }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/v2/model/info'], permission: 'models:read', tag: 'Models', summary: 'The same, by pages.',
      search: v.object({ model: textQuery, modelId: textQuery, search: textQuery, page: wholeQuery, size: wholeQuery }),
      answer: v.object({ data: v.array(model), total_count: v.number(), current_page: v.number(), total_pages: v.number(), size: v.number() }),
      handle({ search: { model: name, modelId, search, page = 1, size = PAGE }, principal }) {
        const wanted = search?.toLowerCase()
        const found = visible(principal).filter((view) => (name === undefined || view.name === name) && (modelId === undefined || view.id === modelId) && (wanted === undefined || view.name.toLowerCase().includes(wanted)))
        return { data: found.slice((page - 1) * size, page * size).map((view) => modelToWire(view, seesAll(principal))), total_count: found.length, current_page: page, total_pages: Math.ceil(found.length / size), size }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/model_group/info'], permission: 'models:read', tag: 'Models', summary: 'The names that the caller may use, each with what its deployments have together.',
      search: v.object({ model_group: textQuery }), answer: v.object({ data: v.array(v.looseObject({ model_group: v.string(), providers: v.array(v.string()) })) }),
      handle({ search: { model_group: wanted }, principal }) {
        const groups = Map.groupBy(visible(principal).filter(({ name }) => wanted === undefined || name === wanted), ({ name }) => name)
        return { data: [...groups].map(([name, views]) => groupToWire(name, views)) }
      },
    }),
  ]
}
