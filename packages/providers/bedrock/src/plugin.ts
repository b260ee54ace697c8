import type { Adapters, AdapterOf, ProviderPlugin } from '@tianjillm/core'
import type { AwsCredentials, CredentialSource } from '@tianjillm/provider-kit/aws'
import manifest from '../package.json' with { type: 'json' }
import { createAuthorize } from './auth/authorize.ts'
import { openCredentials } from './auth/credentials.ts'
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
    aws_role_name: ['AWS_ROLE_NAME'],
    aws_session_name: ['AWS_SESSION_NAME', 'AWS_ROLE_SESSION_NAME'],
    aws_external_id: ['AWS_EXTERNAL_ID'],
    aws_web_identity_token: ['AWS_WEB_IDENTITY_TOKEN'],
    aws_sts_endpoint: ['AWS_STS_ENDPOINT'],
    aws_profile_name: ['AWS_PROFILE_NAME'],
    aws_config_file: ['AWS_CONFIG_FILE'],
    aws_shared_credentials_file: ['AWS_SHARED_CREDENTIALS_FILE'],
    aws_default_profile: ['AWS_PROFILE'],
    aws_pod_role_arn: ['AWS_ROLE_ARN'],
    aws_pod_token_file: ['AWS_WEB_IDENTITY_TOKEN_FILE'],
    aws_container_credentials_relative_uri: ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
    aws_container_credentials_full_uri: ['AWS_CONTAINER_CREDENTIALS_FULL_URI'],
    aws_container_authorization_token: ['AWS_CONTAINER_AUTHORIZATION_TOKEN'],
    aws_container_authorization_token_file: ['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'],
    aws_ec2_metadata_disabled: ['AWS_EC2_METADATA_DISABLED'],
    aws_ec2_metadata_service_endpoint: ['AWS_EC2_METADATA_SERVICE_ENDPOINT'],
  },
  async create(config, host) {
    const converse = createRoutes(config, ['converse', 'converse-stream'])
    const invoke = createRoutes(config, ['invoke', 'invoke'])
    const secrets = [config.api_key, config.aws_secret_access_key, config.aws_session_token, config.aws_external_id].filter((secret) => secret !== undefined)
    if (config.api_key !== undefined) return { adapters: adaptersOf(converse, invoke, secrets) }
    const source = await openCredentials(config, host)
    // Errors must not repeat the credentials in use, nor those before, whose calls may still be under way.
    const inUse: string[] = [...secrets]
    const onNew = ({ secretAccessKey, sessionToken = secretAccessKey }: AwsCredentials): void => void inUse.splice(secrets.length, Infinity, secretAccessKey, sessionToken, ...inUse.slice(secrets.length, secrets.length + 2))
    return { adapters: signed(adaptersOf(converse, invoke, inUse), createAuthorize(source, host.clock, (model) => converse(model).region, onNew), source), close: () => source.close() }
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
function signed({ chat, embeddings }: Required<Pick<Adapters, 'chat' | 'embeddings'>>, authorize: ReturnType<typeof createAuthorize>, source: CredentialSource): Adapters {
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
