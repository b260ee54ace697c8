import { GatewayError, type ModelList, type ModelObject } from '@tianjillm/core'
import type { Gateway, Route } from '@tianjillm/gateway'
import { chatCodec, completionCodec, embeddingCodec } from './codecs.ts'
import { responsesRoutes } from './responses-routes.ts'

/** A path as OpenAI has it, without `/v1`, and in the two forms that name the model in the path. */
function modelPaths(path: string): string[] {
  return [`/v1${path}`, path, `/openai/deployments/:model${path}`, `/engines/:model${path}`]
}

/**
 * OpenAI's routes, each with and without `/v1` and in Azure's form.
 *
 * @param startedAt seconds since the epoch, for `created` of the models
 */
export function openaiRoutes(gateway: Gateway, startedAt: number): readonly Route[] {
  const model = (id: string): ModelObject => ({ id, object: 'model', created: startedAt, owned_by: 'tianjillm' })
  return [
    { kind: 'call', method: 'POST', paths: modelPaths('/chat/completions'), permission: 'inference', operation: 'chat', codec: chatCodec },
    { kind: 'call', method: 'POST', paths: modelPaths('/completions'), permission: 'inference', operation: 'completions', codec: completionCodec },
    { kind: 'call', method: 'POST', paths: modelPaths('/embeddings'), permission: 'inference', operation: 'embeddings', codec: embeddingCodec },
    ...responsesRoutes,
    {
      kind: 'query', method: 'GET', paths: ['/v1/models', '/models', '/openai/models'], permission: 'models:read',
      answer: ({ principal }) => ({ status: 200, body: { object: 'list', data: gateway.settings.router.names(principal?.team?.id).filter((name) => principal?.access?.refusal(name, gateway.settings.router.group(name, principal.team?.id)) === undefined).map(model) } satisfies ModelList }),
    },
    {
      // Model names hold slashes (`openai/gpt-4o`).
      kind: 'query', method: 'GET', paths: ['/v1/models/:model{.+}', '/models/:model{.+}'], permission: 'models:read',
      answer: ({ params, principal }) => {
        const id = params['model'] ?? ''
        const group = gateway.settings.router.group(id, principal?.team?.id)
        if (!group || principal?.access?.refusal(id, group) !== undefined) throw new GatewayError('unknown_model', 'No such model. GET /v1/models lists the names that are served here.', { status: 404, param: 'model' })
        return { status: 200, body: model(id) }
      },
    },
  ]
}
