import { createConnector } from '@tianjillm/connector'
import { type ChatRequest, createRegistry, type Host, type Provider, systemClock } from '@tianjillm/core'
import { callAdapter } from '@tianjillm/provider-kit'
import { anthropicPlugin } from '@tianjillm/providers-anthropic'
import { createRouter } from '@tianjillm/router'

/** What {@link createAsk} needs. */
export interface AskOptions {
  readonly apiKey: string
  readonly apiBase?: string
}

/** Asks models by the names `fast` and `clever`; `onText` sees the text of a stream as it comes. */
export interface Ask extends AsyncDisposable {
  (request: ChatRequest, onText?: (text: string) => void): Promise<string>
}

/** Sets up one provider and a router over two of its models. */
export async function createAsk({ apiKey, apiBase }: AskOptions): Promise<Ask> {
  const connector = createConnector()
  const host: Host = { http: connector, clock: systemClock, log: { debug() {}, info() {}, warn: console.warn, error: console.error } }

  // A registry finds plugins by name, as a config would; a program that knows its provider can use the plugin itself.
  const registry = createRegistry()
  registry.register(anthropicPlugin)
  const plugin = registry.get('provider', 'anthropic')!
  const config = await plugin.config['~standard'].validate({ api_key: apiKey, ...(apiBase !== undefined && { api_base: apiBase }) })
  if (config.issues) throw new Error(config.issues.map(({ message }) => message).join('\n'))
  const provider: Provider = await plugin.create(config.value as never, host)

  const router = createRouter({
    deployments: [
      { id: 'haiku', modelName: 'fast', model: 'claude-haiku-4-5', provider },
      { id: 'sonnet', modelName: 'clever', model: 'claude-sonnet-4-5', provider },
    ],
  })

  const ask = async (request: ChatRequest, onText?: (text: string) => void): Promise<string> => {
    const group = router.group(request.model)
    const chosen = group && router.choose(group, { stream: onText !== undefined }).candidate
    if (!chosen) throw new Error(`There is no model ${request.model}; there are ${router.names().join(', ')}.`)
    const { output, chunks = [] } = await callAdapter({
      operation: 'chat',
      adapter: chosen.deployment.provider.adapters.chat!,
      model: chosen.model,
      input: { ...request, stream: onText !== undefined },
      http: connector,
      onChunk: ({ choices }) => onText?.(choices[0]?.delta.content ?? ''),
    })
    return output ? String(output.choices[0]?.message.content ?? '') : chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
  }
  return Object.assign(ask, {
    async [Symbol.asyncDispose]() {
      await provider.close?.()
      await connector.destroy()
    },
  })
}
