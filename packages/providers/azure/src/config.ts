import * as v from 'valibot'

const secret = v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }))

/** Options of the Azure OpenAI provider, named as LiteLLM names them. */
export const azureConfig = v.pipe(
  v.strictObject({
    api_base: v.pipe(v.string(), v.url(), v.description('Address of the resource: `https://NAME.openai.azure.com`.')),
    api_version: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+$/), v.description('`api-version` of the calls; `v1`, `preview` and `latest` use the versionless API.')), '2024-10-21'),
    api_key: v.optional(v.pipe(secret, v.description('Key of the resource, sent as `api-key`.'))),
    azure_ad_token: v.optional(v.pipe(secret, v.description('An Entra ID access token, sent as `Authorization: Bearer`.'))),
    tenant_id: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+$/), v.description('Entra ID tenant, with `client_id` and `client_secret`: tokens are fetched and renewed.'))),
    client_id: v.optional(v.pipe(v.string(), v.nonEmpty(), v.description('Application (client) id.'))),
    client_secret: v.optional(v.pipe(secret, v.description('Client secret.'))),
    azure_scope: v.optional(v.pipe(v.string(), v.nonEmpty(), v.description('Scope that tokens are asked for.')), 'https://cognitiveservices.azure.com/.default'),
    azure_authority_host: v.optional(v.pipe(v.string(), v.url(), v.description('Where tokens come from; national clouds have their own.')), 'https://login.microsoftonline.com'),
    extra_headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('Headers added to each request.')), {}),
  }),
  v.forward(
    v.check((config) => config.api_key !== undefined || config.azure_ad_token !== undefined || (config.tenant_id !== undefined && config.client_id !== undefined && config.client_secret !== undefined), 'needs api_key, or azure_ad_token, or tenant_id with client_id and client_secret'),
    ['api_key'],
  ),
)

export type AzureConfig = v.InferOutput<typeof azureConfig>
