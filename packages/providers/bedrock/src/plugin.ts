import type { Adapters, AdapterOf, Host, ProviderPlugin } from '@tianjillm/core'
import manifest from '../package.json' with { type: 'json' }
import { createAuthorize } from './auth/authorize.ts'
import { createCredentialSource } from './auth/credentials.ts'
import { decodeChat } from './chat/decode-response.ts'
import { encodeChat } from './chat/encode-request.ts'
import { createChatStream } from './chat/stream.ts'
import { usageOf } from './chat/usage.ts'
import { type BedrockConfig, bedrockConfig } from './config.ts'
import { decodeEmbeddings, embeddingUsageOf } from './embeddings/decode.ts'
import { encodeEmbeddings } from './embeddings/encode.ts'
import { supportsEmbeddingField } from './embeddings/supports.ts'
import { errorOf, isExpired } from './error.ts'
import { supportsChatField } from './supports.ts'
import { createRoutes, type Route, targetOf } from './target.ts'

/** Amazon Bedrock. Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html */
export const bedrockPlugin: ProviderPlugin<BedrockConfig> = Object.freeze<ProviderPlugin<BedrockConfig>>({
  apiVersion: 1,
  kind: 'provider',
  name: 'bedrock',
  aliases: ['bedrock_converse'],
  version: manifest.version,
  config: bedrockConfig,
  env: {
    api_key: ['AWS_BEARER_TOKEN_BEDROCK'],
    aws_access_key_id: ['AWS_ACCESS_KEY_ID'],
    aws_secret_access_key: ['AWS_SECRET_ACCESS_KEY'],
    aws_session_token: ['AWS_SESSION_TOKEN'],
    aws_region_name: ['AWS_REGION_NAME', 'AWS_REGION', 'AWS_DEFAULT_REGION'],
    aws_bedrock_runtime_endpoint: ['AWS_BEDROCK_RUNTIME_ENDPOINT'],
  },
  create(config, host) {
    const converse = createRoutes(config, ['converse', 'converse-stream'])
    const invoke = createRoutes(config, ['invoke', 'invoke'])
    const secrets = [config.api_key, config.aws_secret_access_key, config.aws_session_token, config.aws_external_id].filter((secret) => secret !== undefined)
    if (config.api_key !== undefined) return { adapters: adaptersOf(converse, invoke, secrets) }
    const source = createCredentialSource(config, host)
    return { adapters: signed(adaptersOf(converse, invoke, secrets), source, host, converse), close: () => source.close() }
  },
})

function adaptersOf(converse: (model: string) => Route, invoke: (model: string) => Route, secrets: readonly string[]): Required<Pick<Adapters, 'chat' | 'embeddings'>> {
  return {
    chat: {
      dialect: 'bedrock',
      framing: 'aws-event-stream',
      supports: (field, model) => supportsChatField(field, converse(model).model),
      target: (call) => targetOf(converse(call.model), call),
      encode: (input, call) => encodeChat(input, call, converse(call.model).model),
      decode: decodeChat,
      stream: (call) => createChatStream(call, secrets),
      usageOf: (body, before) => usageOf(body) ?? before,
      error: (reply) => errorOf(reply, secrets),
    },
    embeddings: {
      dialect: 'bedrock',
      supports: (field, model) => supportsEmbeddingField(field, invoke(model).model),
      target: (call) => targetOf(invoke(call.model), call),
      encode: (input, call) => encodeEmbeddings(input, call, invoke(call.model).model),
      decode: decodeEmbeddings,
      usageOf: (body, before) => embeddingUsageOf(body) ?? before,
      error: (reply) => errorOf(reply, secrets),
    },
  }
}

/** The adapters with SigV4; an answer that the credentials are over makes the next call fetch new ones. */
function signed({ chat, embeddings }: Required<Pick<Adapters, 'chat' | 'embeddings'>>, source: ReturnType<typeof createCredentialSource>, host: Host, routes: (model: string) => Route): Adapters {
  const authorize = createAuthorize(source, host.clock, (model) => routes(model).region)
  const watch = <A extends AdapterOf<'chat'> | AdapterOf<'embeddings'>>(adapter: A): A => ({
    ...adapter,
    authorize,
    error: (reply: Parameters<A['error']>[0], call: Parameters<A['error']>[1]) => {
      if (isExpired(reply)) source.expired()
      return adapter.error(reply, call)
    },
  })
  return { chat: watch(chat), embeddings: watch(embeddings) }
}
