import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { textOrNone, words } from '../answer-fields.ts'
import { type AnswerOf, type Caller, defineRoute, type DocumentedRoute } from '../define-route.ts'
import { change, notFound, refusedWrite } from '../service.ts'
import { operators } from './author.ts'
import { merged } from './merged.ts'
import { mustStore } from './must-store.ts'
import { passGuardrails, passThroughChanges, type PassThroughFields, passThroughFields } from './pass-through-fields.ts'
import { passThroughSetting, type PassThroughView } from './port.ts'
import type { ConfigurationOptions } from './routes.ts'

const endpoint = v.object({
  id: v.string(), path: v.string(), target: v.string(), headers: v.record(v.string(), v.string()), default_query_params: v.record(v.string(), v.string()), include_subpath: v.boolean(), forward_headers: v.boolean(),
  auth: v.boolean(), cost_per_request: v.number(), methods: words, guardrails: v.record(v.string(), v.nullable(v.object({ request_fields: v.optional(words), response_fields: v.optional(words) }))), is_from_config: v.boolean(), error: textOrNone,
})
const answer = v.object({ endpoints: v.array(endpoint) })
const search = v.object({ endpoint_id: v.optional(v.pipe(v.string(), v.description('One endpoint.'))) })

/** `/config/pass_through_endpoint`: paths of the operator's own, whose calls go to another service as they are. In effect in every replica within a second. */
export function passThroughRoutes(options: ConfigurationOptions): readonly DocumentedRoute[] {
  const { configuration, gateway, serves } = options
  const { directory: { settings }, sealer } = configuration
  const authorOf = operators(options)
  const common = { permission: 'config:write', tag: 'Pass-through endpoints' } as const
  const paths = ['/config/pass_through_endpoint'] as const

  const find = (id: string): PassThroughView => {
    const found = configuration.passThrough().find((one) => one.id === id)
    if (!found) throw notFound('endpoint_id')
    return found
  }
  const stored = (id: string): PassThroughView => {
    const found = find(id)
    if (found.origin === 'file') throw new GatewayError('owned_by_config', `The config file has the endpoint ${found.path} (general_settings.pass_through_endpoints), so the API may not change it. Change it there and restart.`, { param: 'endpoint_id' })
    return found
  }
  /** Every value that the API brings is a stranger's word: none of it may name a variable of this process. */
  const check = (fields: PassThroughFields): void => {
    const named = [['target', fields.target] as const, ...Object.entries(fields.headers ?? {}), ...Object.entries(fields.default_query_params ?? {})].find(([, value]) => value.includes('os.environ/'))
    const unknown = passGuardrails(fields).find(({ name }) => !gateway.settings.guardrails.some((one) => one.name === name))
    if (unknown) throw new GatewayError('invalid_request', `\`guardrails\` names ${JSON.stringify(unknown.name)}, which does not exist here.`, { param: 'guardrails' })
    if (named) throw new GatewayError('invalid_config', `${named[0]}: over the API no variables of the environment may be named. Send the value, which is kept encrypted, or use the config file.`, { param: named[0] })
  }
  const toWire = (view: PassThroughView): AnswerOf<typeof endpoint> => ({ ...view.shown, id: view.id, path: view.path, is_from_config: view.origin === 'file', error: view.problem ?? null })
  const shown = async (id: string): Promise<AnswerOf<typeof answer>> => {
    await configuration.applied()
    return { endpoints: [toWire(find(id))] }
  }

  const update = async (id: string, { path, ...body }: v.InferOutput<typeof passThroughChanges>, caller: Caller): Promise<AnswerOf<typeof answer>> => {
    mustStore(configuration)
    const found = stored(id)
    if (path !== undefined && path !== found.path) throw new GatewayError('invalid_request', 'An endpoint keeps its path: callers use it. Make another one, and delete this one.', { param: 'path' })
    const place = passThroughSetting(found.path)
    await change(settings, place, 'endpoint', authorOf(caller), (before) => {
      const was = sealer.open(String(before.value), `setting:${place}`) as PassThroughFields
      const { headers, default_query_params: query, ...rest } = body
      const next = {
        ...merged(was, rest), id: was.id, path: was.path, target: body.target ?? was.target,
        ...(headers !== undefined && { headers: headers === null ? {} : merged(was.headers ?? {}, headers) }), ...(query !== undefined && { default_query_params: query === null ? {} : merged(was.default_query_params ?? {}, query) }),
      } as PassThroughFields
      check(next)
      return { ...before, value: sealer.seal(next, `setting:${place}`) }
    })
    return shown(id)
  }

  return [
    defineRoute({
      ...common, method: 'GET', paths, permission: 'config:read', summary: 'The pass-through endpoints, those of the config file too; what may be secret is masked.', search, answer,
      handle: ({ search: { endpoint_id: id } }) => ({ endpoints: (id === undefined ? configuration.passThrough() : [find(id)]).map(toWire) }),
    }),
    defineRoute({
      ...common, method: 'POST', paths, summary: 'Adds an endpoint: calls of its path go to the target, with its headers. A key is asked for unless `auth` is false.', body: passThroughFields, answer,
      example: { path: '/v1/search', target: 'https://search.example.com/v1/search', headers: { authorization: 'Bearer ...' }, include_subpath: true, cost_per_request: 0.01 },
      async handle({ body, caller }) {
        mustStore(configuration)
        check(body)
        if (serves?.(body.path) || configuration.passThrough().some((one) => one.path === body.path)) throw new GatewayError('already_exists', `The path ${body.path} is served already.`, { param: 'path' })
        const author = authorOf(caller)
        const id = body.id ?? crypto.randomUUID()
        if (configuration.passThrough().some((one) => one.id === id)) throw new GatewayError('already_exists', `There is an endpoint with the id ${JSON.stringify(id)}.`, { param: 'id' })
        const place = passThroughSetting(body.path)
        const made = await settings.insert({ id: place, value: sealer.seal({ ...body, id }, `setting:${place}`), createdAt: author.now, createdBy: author.by, updatedAt: author.now, updatedBy: author.by, version: 1 }, author)
        if (made !== 'ok') throw refusedWrite(made, 'endpoint')
        return shown(id)
      },
    }),
    defineRoute({
      ...common, method: 'PUT', paths, summary: 'Changes the endpoint that `id` names: absent keeps, null clears, in `headers` too.', body: passThroughChanges, answer,
      handle({ body, caller }) {
        if (!body.id) throw new GatewayError('invalid_request', 'Name the endpoint in `id`.', { param: 'id' })
        return update(body.id, body, caller)
      },
    }),
    defineRoute({
      ...common, method: 'POST', paths: ['/config/pass_through_endpoint/:endpoint_id'], summary: 'The same, with the id in the path.', body: passThroughChanges, answer,
      handle: ({ body, caller, params: { endpoint_id: id = '' } }) => update(id, body, caller),
    }),
    defineRoute({
      ...common, method: 'DELETE', paths, summary: 'Deletes an endpoint; calls in flight end as they would have.', search: v.object({ endpoint_id: v.pipe(v.string(), v.description('The endpoint.')) }), answer,
      async handle({ search: { endpoint_id: id }, caller }) {
        mustStore(configuration)
        const found = stored(id)
        if (!(await settings.delete(passThroughSetting(found.path), authorOf(caller)))) throw notFound('endpoint_id')
        await configuration.applied()
        return { endpoints: [toWire(found)] }
      },
    }),
  ]
}
