import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import type { ModelView } from '../configuration/port.ts'
import type { ConfigurationOptions } from '../configuration/routes.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { instant } from '../fields.ts'
import { actor } from '../service.ts'
import type { HealthCheck, HealthChecks } from './port.ts'

export interface HealthOptions extends Pick<ConfigurationOptions, 'gateway' | 'configuration'> {
  readonly health: HealthChecks
}

const tag = 'Health'
const text = v.optional(v.string())
const number = (least: number, most: number, standard: number) => v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(least), v.maxValue(most)), String(standard))
const endpoint = v.looseObject({ model: v.nullable(v.string()), model_id: v.string() })
const check = v.looseObject({ health_check_id: v.string(), model_name: v.string(), model_id: v.string(), status: v.string(), checked_at: v.nullable(v.string()) })

/** LiteLLM's routes for the health of deployments (https://docs.litellm.ai/docs/proxy/health). Calls that are made for it cost money: `/health` asks for more than to look. */
export function modelHealthRoutes({ gateway, configuration, health }: HealthOptions): readonly DocumentedRoute[] {
  const targets = (model: string | undefined, id: string | undefined): readonly ModelView[] => {
    const all = configuration.models().filter(({ blocked, problem }) => !blocked && problem === undefined)
    const found = all.filter((view) => (id === undefined || view.id === id) && (model === undefined || view.name === model || view.params['model'] === model))
    if (found.length === 0 && (id ?? model) !== undefined) throw new GatewayError('not_found', 'No deployment has that name or id. GET /model/info lists them.', { param: id === undefined ? 'model' : 'model_id' })
    return found
  }
  return [
    defineRoute({
      method: 'GET', paths: ['/health'], permission: 'models:write', tag, summary: 'Calls every deployment, or those that are named, and tells which ones answer; with `background_health_checks` what the last look found.',
      search: v.object({ model: text, model_id: text }),
      answer: v.object({ healthy_endpoints: v.array(endpoint), unhealthy_endpoints: v.array(endpoint), healthy_count: v.number(), unhealthy_count: v.number() }),
      async handle({ search: { model, model_id: id }, principal }) {
        const views = targets(model, id)
        const known = health.latest()
        const missing = health.background ? views.filter((view) => !known.has(view.id)) : views
        const fresh = new Map((await health.check(missing.map((view) => view.id), actor(principal))).map((found) => [found.modelId, found]))
        const shown = views.flatMap((view) => {
          const found = fresh.get(view.id) ?? known.get(view.id)
          return found ? [{ healthy: found.status === 'healthy', wire: endpointOf(view, found, health.details, gateway.settings.router.state.snapshot(view.id)) }] : []
        })
        const [healthy, unhealthy] = [true, false].map((wanted) => shown.filter((one) => one.healthy === wanted).map(({ wire }) => wire))
        return { healthy_endpoints: healthy!, unhealthy_endpoints: unhealthy!, healthy_count: healthy!.length, unhealthy_count: unhealthy!.length }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/health/latest'], permission: 'config:read', tag, summary: 'What the last look at each deployment found. Calls nobody.',
      answer: v.object({ latest_health_checks: v.record(v.string(), check), total_models: v.number() }),
      handle() {
        const all = [...health.latest()].map(([id, found]) => [id, checkToWire(found)] as const)
        return { latest_health_checks: Object.fromEntries(all), total_models: all.length }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/health/history'], permission: 'config:read', tag, summary: 'Looks that found a change, and one an hour, since this process started; newest first.',
      search: v.object({ model: text, status_filter: v.optional(v.picklist(['healthy', 'unhealthy'])), limit: number(1, 1000, 100), offset: number(0, 1_000_000, 0) }),
      answer: v.object({ health_checks: v.array(check), total_records: v.number(), limit: v.number(), offset: v.number() }),
      handle({ search: { model, status_filter: status, limit, offset } }) {
        const found = health.history().filter((one) => (model === undefined || one.modelName === model) && (status === undefined || one.status === status))
        return { health_checks: found.slice(offset, offset + limit).map(checkToWire), total_records: found.length, limit, offset }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/health/services'], permission: 'config:write', tag, summary: 'Sends a record to a callback, and tells whether it took it.',
      search: v.object({ service: v.optional(v.string(), '') }), answer: v.object({ status: v.string(), message: v.string() }),
      async handle({ search: { service } }) {
        const found = await health.tryCallback(service)
        if (!found) throw new GatewayError('invalid_request', `There is no callback of that name in effect. These are: ${configuration.callbacks().map(({ name }) => name).join(', ') || 'none'}.`, { param: 'service' })
        return { status: found.sent ? 'success' : 'unhealthy', message: found.message }
      },
    }),
  ]
}

type Routing = ReturnType<HealthOptions['gateway']['settings']['router']['state']['snapshot']>

/** A deployment as `/health` shows it: what LiteLLM tells of it, and how its calls are doing. */
function endpointOf({ id, name, params, info, provider }: ModelView, found: HealthCheck, details: boolean, routing: Routing): { readonly model: string | null; readonly model_id: string } {
  const model = typeof params['model'] === 'string' ? params['model'] : null
  const shown = (key: string): object => (params[key] === undefined ? {} : { [key]: params[key] })
  return {
    model, model_id: id,
    ...(found.error !== undefined && { error: found.error, exception_status: found.errorStatus ?? 500 }),
    ...(details && {
      model_name: name, custom_llm_provider: provider ?? null, mode: info['mode'] ?? 'chat', ...shown('api_base'), ...shown('api_version'), ...shown('region_name'), ...shown('aws_region_name'), ...shown('rpm'), ...shown('tpm'),
      probed: found.probed, checked_at: instant(found.checkedAt), response_time_ms: found.responseMs ?? null,
      routing: {
        state: routing.state, cooldown_until: instant(routing.until ?? null), error_rate: routing.errorRate ?? null, in_flight: routing.inFlight, rpm_used: routing.rpmUsed, tpm_used: routing.tpmUsed,
        latency_ms: rounded(routing.latencyMs), first_byte_ms: rounded(routing.firstByteMs),
      },
    }),
  }
}

function rounded(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms)
}

function checkToWire({ id, modelId, modelName, status, probed, error, responseMs, checkedAt, checkedBy }: HealthCheck) {
  const healthy = status === 'healthy'
  return {
    health_check_id: id, model_name: modelName, model_id: modelId, status, healthy_count: healthy ? 1 : 0, unhealthy_count: healthy ? 0 : 1, error_message: error ?? null,
    response_time_ms: responseMs ?? null, details: { probed }, checked_by: checkedBy, checked_at: instant(checkedAt), created_at: instant(checkedAt),
  }
}
