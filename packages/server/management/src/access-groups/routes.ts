import type { Author } from '@tianjillm/auth'
import type { AccessGroupRecord } from '@tianjillm/configuration'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { operators } from '../configuration/author.ts'
import { mustStore } from '../configuration/must-store.ts'
import type { ModelView } from '../configuration/port.ts'
import type { ConfigurationOptions } from '../configuration/routes.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { names, text } from '../fields.ts'
import { change, notFound, refusedWrite } from '../service.ts'

const members = { model_names: v.optional(v.nullable(names)), model_ids: v.optional(v.nullable(names)) }
const newBody = v.strictObject({ access_group: text, ...members })
const updateBody = v.strictObject(members)
const written = v.object({ access_group: v.string(), model_names: v.nullable(v.array(v.string())), model_ids: v.nullable(v.array(v.string())), models_updated: v.number() })
const group = v.object({ access_group: v.string(), model_names: v.array(v.string()), deployment_count: v.number() })
type Members = v.InferOutput<typeof updateBody>

/** `/access_group/*`: names that lists of models may use for several models. Models of the config file can be members without being changed. */
export function accessGroupRoutes(options: ConfigurationOptions): readonly DocumentedRoute[] {
  const { configuration } = options
  const { directory: { accessGroups, models } } = configuration
  const authorOf = operators(options)
  const tag = 'Access groups'

  const membersOf = (name: string): readonly ModelView[] => configuration.models().filter(({ accessGroups: groups }) => groups.includes(name))
  /** Models that are in the group by their own `model_info`. */
  const byThemselves = (name: string): readonly ModelView[] => configuration.models().filter(({ info }) => Array.isArray(info['access_groups']) && info['access_groups'].includes(name))
  const exists = async (name: string): Promise<boolean> => membersOf(name).length > 0 || (await accessGroups.get(name)) !== undefined
  const shown = (name: string): v.InferOutput<typeof group> => {
    const found = membersOf(name)
    return { access_group: name, model_names: [...new Set(found.map((view) => view.name))], deployment_count: found.length }
  }
  const checked = ({ model_names: wanted, model_ids: ids }: Members): Pick<AccessGroupRecord, 'modelNames' | 'modelIds'> => {
    const views = configuration.models()
    const missing = [...(wanted ?? []).filter((name) => !views.some((view) => view.name === name)), ...(ids ?? []).filter((id) => !views.some((view) => view.id === id))]
    if (missing.length > 0) throw new GatewayError('invalid_request', `There are no models ${missing.map((name) => JSON.stringify(name)).join(', ')}. GET /model/info lists them.`, { param: (wanted ?? []).includes(missing[0]!) ? 'model_names' : 'model_ids' })
    if ((wanted ?? []).length + (ids ?? []).length === 0) throw new GatewayError('invalid_request', 'Name at least one model in `model_names` or `model_ids`.', { param: 'model_names' })
    return { modelNames: wanted ?? [], modelIds: ids ?? [] }
  }
  /** Takes the group out of models that name it themselves. @throws `owned_by_config` before anything is changed */
  const leave = async (name: string, author: Author): Promise<number> => {
    const own = byThemselves(name)
    const ofFile = own.find(({ origin }) => origin === 'file')
    if (ofFile) throw new GatewayError('owned_by_config', `The config file puts ${JSON.stringify(ofFile.name)} into ${JSON.stringify(name)} (model_info.access_groups), so the API may not take it out. Change it there and restart.`, { param: 'model_info.access_groups' })
    for (const { id } of own) await change(models, id, 'model', author, (before) => ({ ...before, info: { ...before.info, access_groups: (before.info['access_groups'] as string[]).filter((other) => other !== name) } }))
    return own.length
  }
  const answer = (name: string, given: Members): v.InferOutput<typeof written> => ({ access_group: name, model_names: given.model_names ?? null, model_ids: given.model_ids ?? null, models_updated: membersOf(name).length })

  return [
    defineRoute({
      method: 'POST', paths: ['/access_group/new'], permission: 'models:write', tag, summary: 'Makes a group of models, named by name or by id.', body: newBody,
      example: { access_group: 'production', model_names: ['gpt-4o'] },
      answer: written,
      async handle({ body: { access_group: name, ...given }, caller }) {
        mustStore(configuration)
        if (await exists(name)) throw new GatewayError('already_exists', `There is an access group ${JSON.stringify(name)}. PUT /access_group/{access_group}/update changes it.`, { param: 'access_group' })
        const author = authorOf(caller)
        const { now, by } = author
        const done = await accessGroups.insert({ id: name, ...checked(given), createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1 }, author)
        if (done !== 'ok') throw refusedWrite(done, 'access group')
        await configuration.applied()
        return answer(name, given)
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/access_group/list'], permission: 'config:read', tag, summary: 'All access groups, those of the config file too.', answer: v.object({ access_groups: v.array(group) }),
      handle: () => ({ access_groups: [...new Set(configuration.models().flatMap(({ accessGroups: groups }) => groups))].toSorted().map(shown) }),
    }),
    defineRoute({
      method: 'GET', paths: ['/access_group/:access_group{.+}/info'], permission: 'config:read', tag, summary: 'The models of a group.', answer: group,
      async handle({ params: { access_group: name = '' } }) {
        if (!(await exists(name))) throw notFound('access group')
        return shown(name)
      },
    }),
    defineRoute({
      method: 'PUT', paths: ['/access_group/:access_group{.+}/update'], permission: 'models:write', tag, summary: 'Puts other models into a group in place of its own.', body: updateBody, answer: written,
      async handle({ body, params: { access_group: name = '' }, caller }) {
        mustStore(configuration)
        if (!(await exists(name))) throw notFound('access group')
        const next = checked(body)
        const author = authorOf(caller)
        await leave(name, author)
        const record = { id: name, ...next, createdAt: author.now, createdBy: author.by, updatedAt: author.now, updatedBy: author.by, version: 1 }
        // A group that models alone named has no record yet.
        if ((await accessGroups.insert(record, author)) !== 'ok') await change(accessGroups, name, 'access group', author, (before) => ({ ...before, ...next }))
        await configuration.applied()
        return answer(name, body)
      },
    }),
    defineRoute({
      method: 'DELETE', paths: ['/access_group/:access_group{.+}/delete'], permission: 'models:write', tag, summary: 'Deletes a group; its models stay.', answer: v.object({ access_group: v.string(), models_updated: v.number(), message: v.string() }),
      async handle({ params: { access_group: name = '' }, caller }) {
        mustStore(configuration)
        if (!(await exists(name))) throw notFound('access group')
        const count = membersOf(name).length
        const author = authorOf(caller)
        await leave(name, author)
        await accessGroups.delete(name, author)
        await configuration.applied()
        return { access_group: name, models_updated: count, message: `Access group '${name}' deleted successfully` }
      },
    }),
  ]
}
