import { fallbackId } from '@tianjillm/configuration'
import { GatewayError, nearest } from '@tianjillm/core'
import * as v from 'valibot'
import { operators } from '../configuration/author.ts'
import { mustStore } from '../configuration/must-store.ts'
import type { ConfigurationOptions } from '../configuration/routes.ts'
import { defineRoute, type DocumentedRoute } from '../define-route.ts'
import { text } from '../fields.ts'
import { change } from '../service.ts'

const types = ['general', 'context_window', 'content_policy'] as const
const type = v.optional(v.picklist(types, `must be one of ${types.join(', ')}`), 'general')
const models = v.pipe(v.array(text), v.minLength(1, 'must name at least one'), v.maxLength(100, 'holds too many'), v.check((list) => new Set(list).size === list.length, 'names a model twice'))
const shape = { model: v.string(), fallback_models: v.array(v.string()), fallback_type: v.string() }

/** `/fallback`: which models may answer in place of another. */
export function fallbackRoutes(options: ConfigurationOptions): readonly DocumentedRoute[] {
  const { configuration, gateway } = options
  const { directory: { fallbacks } } = configuration
  const authorOf = operators(options)
  const tag = 'Fallbacks'
  const missing = (model: string, kind: string): GatewayError => new GatewayError('not_found', `There are no ${kind} fallbacks for the model ${JSON.stringify(model)}.`, { param: 'model' })
  const unknown = (model: string): string => {
    const meant = nearest(model, gateway.settings.router.names())
    return `No deployment serves the model ${JSON.stringify(model)}.${meant === undefined ? '' : ` Did you mean ${JSON.stringify(meant)}?`}`
  }

  return [
    defineRoute({
      method: 'POST', paths: ['/fallback'], permission: 'config:write', tag, summary: 'Sets the models that may answer in place of another, in their order.',
      body: v.strictObject({ model: text, fallback_models: models, fallback_type: type }), answer: v.object({ ...shape, message: v.string() }),
      async handle({ body: { model, fallback_models, fallback_type }, caller }) {
        const { router } = gateway.settings
        if (!router.group(model)) throw new GatewayError('not_found', unknown(model), { param: 'model' })
        const stranger = fallback_models.find((name) => !router.group(name))
        if (stranger !== undefined) throw new GatewayError('invalid_request', unknown(stranger), { param: 'fallback_models' })
        if (fallback_models.includes(model)) throw new GatewayError('invalid_request', `The model ${JSON.stringify(model)} cannot be its own fallback.`, { param: 'fallback_models' })
        mustStore(configuration)
        if (configuration.fileHasFallback(fallback_type, model)) throw new GatewayError('owned_by_config', `The config file sets the ${fallback_type} fallbacks of ${JSON.stringify(model)}, so the API may not. Change them there and restart, or take them out of the file.`, { param: 'model' })
        const author = authorOf(caller)
        const { now, by } = author
        const id = fallbackId(fallback_type, model)
        const made = await fallbacks.insert({ id, type: fallback_type, model, fallbackModels: fallback_models, createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1 }, author)
        if (made !== 'ok') await change(fallbacks, id, 'fallback', author, (before) => ({ ...before, fallbackModels: fallback_models }))
        await configuration.applied()
        return { model, fallback_models, fallback_type, message: `Fallback configuration ${made === 'ok' ? 'created' : 'updated'} successfully` }
      },
    }),
    defineRoute({
      method: 'GET', paths: ['/fallback/:model{.+}'], permission: 'config:read', tag, summary: 'The fallbacks of a model.', search: v.object({ fallback_type: type }), answer: v.object(shape),
      async handle({ params: { model = '' }, search: { fallback_type } }) {
        const found = await fallbacks.get(fallbackId(fallback_type, model))
        if (!found) throw missing(model, fallback_type)
        return { model, fallback_models: [...found.fallbackModels], fallback_type }
      },
    }),
    defineRoute({
      method: 'DELETE', paths: ['/fallback/:model{.+}'], permission: 'config:write', tag, summary: 'Takes the fallbacks of a model away.', search: v.object({ fallback_type: type }), answer: v.object({ model: v.string(), fallback_type: v.string(), message: v.string() }),
      async handle({ params: { model = '' }, search: { fallback_type }, caller }) {
        mustStore(configuration)
        if (!(await fallbacks.delete(fallbackId(fallback_type, model), authorOf(caller)))) throw missing(model, fallback_type)
        await configuration.applied()
        return { model, fallback_type, message: 'Fallback configuration deleted successfully' }
      },
    }),
  ]
}
