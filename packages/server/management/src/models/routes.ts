import type { Author } from '@tianjillm/auth'
import type { ModelRecord } from '@tianjillm/configuration'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { operators } from '../configuration/author.ts'
import { mustStore } from '../configuration/must-store.ts'
import type { ConfigurationOptions } from '../configuration/routes.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { merged } from '../configuration/merged.ts'
import { patch, patched, text } from '../fields.ts'
import { change, notFound } from '../service.ts'
import { modelRow } from './wire.ts'

const modelId = v.pipe(v.string(), v.regex(/^[\w.:/-]{1,200}$/, 'must be letters, digits, and . : / - _'))
const params = v.record(v.string(), v.unknown(), 'must be an object')
const names = v.optional(v.nullable(v.pipe(v.array(text), v.maxLength(1000, 'holds too many'))))
/** Models of one team only are not told apart here, so nobody may believe that they are. */
const nothing = v.optional(v.pipe(v.unknown(), v.check((value) => value === null || value === undefined, 'is not supported by this version')))
const info = v.looseObject({ id: v.optional(v.nullable(modelId)), access_groups: names, team_id: nothing, team_public_model_name: nothing })
const entries = { model_name: patch(text), litellm_params: patch(params), model_info: patch(info), blocked: patch(v.boolean()) }
const newBody = v.strictObject({ ...entries, model_name: text, litellm_params: params })
const updateBody = v.strictObject(entries)
type ModelFields = Omit<v.InferOutput<typeof updateBody>, 'model_info'> & { readonly model_info?: Readonly<Record<string, unknown>> | null | undefined }

const row = v.looseObject({ model_id: v.string(), model_name: v.string(), litellm_params: params, model_info: params, blocked: v.boolean() })

/** `/model/new`, `/model/update`, `/model/{id}/update`, `/model/delete`: models in the database, callable as soon as they are answered. */
export function modelRoutes(options: ConfigurationOptions): readonly DocumentedRoute[] {
  const { configuration } = options
  const { directory: { models }, sealer } = configuration

  const authorOf = operators(options)

  const shown = async (id: string): Promise<object> => {
    await configuration.applied()
    const view = configuration.models().find((one) => one.id === id)
    if (!view) throw notFound('model')
    return modelRow(view)
  }
  const open = ({ id, params: sealed }: ModelRecord): Readonly<Record<string, unknown>> => sealer.open(sealed, `model:${id}`) as Record<string, unknown>
  const ownedByFile = (id: string): GatewayError | undefined =>
    configuration.models().some((view) => view.id === id && view.origin === 'file')
      ? new GatewayError('owned_by_config', `The model ${JSON.stringify(id)} stands in the config file's model_list, so the API may not change it. Change it there and restart.`, { param: 'model_info.id' })
      : undefined

  const update = async (id: string, body: ModelFields, author: Author): Promise<object> => {
    mustStore(configuration)
    const owned = ownedByFile(id)
    if (owned) throw owned
    await change(models, id, 'model', author, async (before) => {
      const nextParams = body.litellm_params === undefined ? undefined : merged(body.litellm_params === null ? {} : openOr(() => open(before)), body.litellm_params ?? {})
      const { id: _, ...given } = body.model_info ?? {}
      const next: ModelRecord = {
        ...before, modelName: body.model_name ?? before.modelName, info: body.model_info === null ? {} : merged(before.info, given),
        params: nextParams ? sealer.seal(nextParams, `model:${id}`) : before.params, blocked: patched(body.blocked, before.blocked, false),
      }
      if (body.litellm_params !== undefined || body.model_info !== undefined || body.model_name !== undefined) await configuration.checkModel({ id, modelName: next.modelName, params: nextParams ?? open(before), info: next.info })
      return next
    })
    return shown(id)
  }

  return [
    defineRoute({
      method: 'POST', paths: ['/model/new'], permission: 'models:write', tag: 'Models', summary: 'Adds a model; it can be called as soon as this is answered.', body: newBody,
      example: { model_name: 'gpt-4o', litellm_params: { model: 'openai/gpt-4o', api_key: 'sk-...' } },
      answer: row,
      async handle({ body, caller }) {
        mustStore(configuration)
        const { id: chosen, ...rest } = body.model_info ?? {}
        const id = chosen ?? crypto.randomUUID()
        const draft = { id, modelName: body.model_name, params: merged({}, body.litellm_params), info: merged({}, rest) }
        await configuration.checkModel(draft)
        const author = authorOf(caller)
        const { now, by } = author
        const record: ModelRecord = { id, modelName: draft.modelName, params: sealer.seal(draft.params, `model:${id}`), info: draft.info, blocked: body.blocked ?? false, createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1 }
        if ((await models.insert(record, author)) !== 'ok') throw new GatewayError('already_exists', `There is a model with the id ${JSON.stringify(id)}. POST /model/update changes it.`, { param: 'model_info.id' })
        return shown(id)
      },
    }),
    defineRoute({
      method: 'POST', paths: ['/model/update'], permission: 'models:write', tag: 'Models', summary: 'Changes the model that `model_info.id` names: absent keeps, null clears, in `litellm_params` too.', body: updateBody, answer: row,
      handle({ body, caller }) {
        const id = body.model_info?.id
        if (typeof id !== 'string') throw new GatewayError('invalid_request', 'Name the model in `model_info.id`.', { param: 'model_info.id' })
        return update(id, body, authorOf(caller))
      },
    }),
    defineRoute({
      method: 'PATCH', paths: ['/model/:model_id{.+}/update'], permission: 'models:write', tag: 'Models', summary: 'Changes a model: absent keeps, null clears, in `litellm_params` too.', body: updateBody, answer: row,
      handle: ({ body, params: { model_id: id = '' }, caller }) => update(id, body, authorOf(caller)),
    }),
    defineRoute({
      method: 'POST', paths: ['/model/delete'], permission: 'models:write', tag: 'Models', summary: 'Deletes a model. Calls in flight end as they would have.', body: v.strictObject({ id: modelId }), answer: v.object({ message: v.string() }),
      async handle({ body: { id }, caller }) {
        mustStore(configuration)
        const owned = ownedByFile(id)
        if (owned) throw owned
        if (!(await models.delete(id, authorOf(caller)))) throw notFound('model')
        await configuration.applied()
        return { message: `Model: ${id} deleted successfully` }
      },
    }),
  ]
}

/** What was sealed with a lost key may be entered anew. */
function openOr(open: () => Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  try {
    return open()
  } catch {
    return {}
  }
}
