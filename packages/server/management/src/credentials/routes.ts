import type { CredentialRecord } from '@tianjillm/configuration'
import { GatewayError } from '@tianjillm/core'
import * as v from 'valibot'
import { operators } from '../configuration/author.ts'
import { merged } from '../configuration/merged.ts'
import type { CredentialView } from '../configuration/port.ts'
import type { ConfigurationOptions } from '../configuration/routes.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { patch } from '../fields.ts'
import { change, notFound, refusedWrite } from '../service.ts'

const name = v.pipe(v.string(), v.nonEmpty('must not be empty'), v.maxLength(256, 'is too long'))
const values = v.record(v.string(), v.unknown(), 'must be an object')
const newBody = v.strictObject({ credential_name: name, credential_values: v.optional(v.nullable(values)), credential_info: v.optional(v.nullable(values)), model_id: v.optional(v.nullable(v.string())) })
const updateBody = v.strictObject({ credential_name: v.optional(v.nullable(name)), credential_values: patch(values), credential_info: patch(values) })
const credential = v.object({ credential_name: v.string(), credential_values: v.record(v.string(), v.string()), credential_info: values })
const done = v.object({ success: v.boolean(), message: v.string() })

/** Params of a model that a credential can carry in its stead. */
const carried = /^(?:api_|base_url$|organization$|project$|region_name$|aws_|azure_|vertex_|watsonx_|tenant_id$|client_)/

/** `/credentials`: values for `litellm_params` under a name, encrypted, and never shown again. */
export function credentialRoutes(options: ConfigurationOptions): readonly DocumentedRoute[] {
  const { configuration } = options
  const { directory: { credentials, models }, sealer } = configuration
  const authorOf = operators(options)
  const common = { tag: 'Credentials', permission: 'credentials:write' } as const

  const toWire = ({ name: credential_name, values: credential_values, info: credential_info }: CredentialView): v.InferOutput<typeof credential> => ({ credential_name, credential_values, credential_info: { ...credential_info } })
  const notInFile = (id: string): void => {
    if (configuration.credentials().some((one) => one.name === id && one.origin === 'file')) throw new GatewayError('owned_by_config', `The credential ${JSON.stringify(id)} stands in the config file's credential_list, so the API may not change it.`, { param: 'credential_name' })
  }
  const ofModel = async (id: string): Promise<Readonly<Record<string, unknown>>> => {
    const record = await models.get(id)
    if (record) return Object.fromEntries(Object.entries(sealer.open(record.params, `model:${id}`) as Record<string, unknown>).filter(([key]) => carried.test(key)))
    if (configuration.models().some((view) => view.id === id)) throw new GatewayError('owned_by_config', `The model ${JSON.stringify(id)} stands in the config file: what it proves itself with stays there.`, { param: 'model_id' })
    throw notFound('model_id')
  }

  return [
    defineRoute({
      ...common, method: 'POST', paths: ['/credentials'], summary: 'Keeps a credential, or one made from what a stored model has.', body: newBody,
      example: { credential_name: 'openai-eu', credential_values: { api_key: 'sk-...' } },
      answer: done,
      async handle({ body, caller }) {
        notInFile(body.credential_name)
        const given = body.credential_values ?? (body.model_id ? await ofModel(body.model_id) : undefined)
        if (!given) throw new GatewayError('invalid_request', 'Give `credential_values`, or `model_id` of a model that has them.', { param: 'credential_values' })
        const author = authorOf(caller)
        const { now, by } = author
        const id = body.credential_name
        const record: CredentialRecord = { id, values: sealer.seal(given, `credential:${id}`), info: body.credential_info ?? {}, createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1 }
        const written = await credentials.insert(record, author)
        if (written !== 'ok') throw refusedWrite(written, 'credential')
        await configuration.applied()
        return { success: true, message: 'Credential created successfully' }
      },
    }),
    defineRoute({
      ...common, permission: 'credentials:read', method: 'GET', paths: ['/credentials'], summary: 'All credentials, their values masked.', answer: v.object({ success: v.boolean(), credentials: v.array(credential) }),
      handle: () => ({ success: true, credentials: configuration.credentials().map(toWire) }),
    }),
    defineRoute({
      ...common, permission: 'credentials:read', method: 'GET', paths: ['/credentials/by_name/:credential_name{.+}'], summary: 'One credential, its values masked.', answer: credential,
      handle({ params: { credential_name: wanted } }) {
        const found = configuration.credentials().find((one) => one.name === wanted)
        if (!found) throw notFound('credential')
        return toWire(found)
      },
    }),
    defineRoute({
      ...common, permission: 'credentials:read', method: 'GET', paths: ['/credentials/by_model/:model_id{.+}'], summary: 'What a model proves itself with, masked.', answer: credential,
      handle({ params: { model_id: id = '' } }) {
        const found = configuration.credentialOfModel(id)
        const view = configuration.models().find((one) => one.id === id)
        if (!found || !view) throw notFound('model')
        return { credential_name: `${view.name}-credential-${id}`, credential_values: found, credential_info: {} }
      },
    }),
    defineRoute({
      ...common, method: 'PATCH', paths: ['/credentials/:credential_name{.+}'], summary: 'Changes a credential: absent values are kept, null clears one. Models that use it are made anew.', body: updateBody, answer: done,
      async handle({ body, params: { credential_name: id = '' }, caller }) {
        notInFile(id)
        if (body.credential_name && body.credential_name !== id) throw new GatewayError('invalid_request', 'A credential keeps its name: models refer to it. Make another one.', { param: 'credential_name' })
        await change(credentials, id, 'credential', authorOf(caller), (before) => ({
          ...before,
          values: body.credential_values === undefined ? before.values : sealer.seal(merged(body.credential_values === null ? {} : sealer.open(before.values, `credential:${id}`), body.credential_values), `credential:${id}`),
          info: body.credential_info === undefined ? before.info : merged(body.credential_info === null ? {} : before.info, body.credential_info),
        }))
        await configuration.applied()
        return { success: true, message: 'Credential updated successfully' }
      },
    }),
    defineRoute({
      ...common, method: 'DELETE', paths: ['/credentials/:credential_name{.+}'], summary: 'Deletes a credential. Models that name it cannot be called from then on.', answer: done,
      async handle({ params: { credential_name: id = '' }, caller }) {
        notInFile(id)
        if (!(await credentials.delete(id, authorOf(caller)))) throw notFound('credential')
        await configuration.applied()
        return { success: true, message: 'Credential deleted successfully' }
      },
    }),
  ]
}
