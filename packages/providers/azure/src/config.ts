import { isIdentityTokenReference } from '@tianjillm/provider-kit'
import * as v from 'valibot'
import { wayOf } from './auth/way.ts'

const secret = v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }))
const text = v.pipe(v.string(), v.nonEmpty())
const flag = v.pipe(v.union([v.boolean(), v.picklist(['True', 'true', 'False', 'false'])], 'must be true or false'), v.transform((value) => value === true || /^true$/i.test(String(value))))

const options = v.strictObject({
  api_base: v.pipe(v.string(), v.url(), v.description('Address of the resource: `https://NAME.openai.azure.com`.')),
  api_version: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+$/), v.description('`api-version` of the calls; `v1`, `preview` and `latest` use the versionless API.')), '2024-10-21'),
  api_key: v.optional(v.pipe(secret, v.description('Key of the resource, sent as `api-key`.'))),
  azure_ad_token: v.optional(v.pipe(secret, v.description('An Entra ID access token, sent as `Authorization: Bearer`. `oidc/azure/`, `oidc/file//path` and `oidc/google/<audience>` are identity tokens, which are exchanged for one.'))),
  tenant_id: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+$/), v.description('Entra ID tenant, with `client_id` and `client_secret`: tokens are fetched and renewed.'))),
  client_id: v.optional(v.pipe(text, v.description('Application (client) id; of a user-assigned managed identity, its client id.'))),
  client_secret: v.optional(v.pipe(secret, v.description('Client secret.'))),
  azure_username: v.optional(v.pipe(text, v.description('User whose tokens are fetched, with `azure_password` and `client_id`.'))),
  azure_password: v.optional(v.pipe(secret, v.description('Password of the user.'))),
  azure_scope: v.optional(v.pipe(text, v.description('Scope that tokens are asked for.')), 'https://cognitiveservices.azure.com/.default'),
  azure_authority_host: v.optional(v.pipe(v.string(), v.url(), v.metadata({ operator: true }), v.description('Where tokens come from; national clouds have their own.')), 'https://login.microsoftonline.com'),
  enable_azure_ad_token_refresh: v.optional(v.pipe(flag, v.description('Uses the identity of the machine (managed identity) where no other credentials are set; also in `litellm_settings`.')), false),
  azure_credential: v.optional(v.pipe(text, v.metadata({ operator: true }), v.description('Which credential is meant where several are set: `ClientSecretCredential`, `EnvironmentCredential`, `WorkloadIdentityCredential`, `ManagedIdentityCredential`, `DefaultAzureCredential`.'))),
  azure_federated_token_file: v.optional(v.pipe(text, v.metadata({ operator: true }), v.description('File with the token of a workload (AKS), exchanged for the one of `client_id`; read again at each exchange.'))),
  azure_identity_endpoint: v.optional(v.pipe(v.string(), v.url(), v.metadata({ operator: true }), v.description('Where App Service gives tokens of the managed identity.'))),
  azure_identity_header: v.optional(v.pipe(text, v.metadata({ secret: true, operator: true }), v.description('Secret for that address.'))),
  azure_imds_endpoint: v.optional(v.pipe(v.string(), v.url(), v.metadata({ operator: true }), v.description('Where virtual machines get tokens of the managed identity.')), 'http://169.254.169.254'),
  extra_headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('Headers added to each request.')), {}),
})

/** What was written, checked one by one. */
export type AzureOptions = v.InferOutput<typeof options>

function missing(config: AzureOptions): string | undefined {
  const { azure_ad_token: token } = config
  if (config.api_key === undefined && token?.startsWith('oidc/')) {
    if (!/^oidc\/azure(?:\/|$)/.test(token) && !isIdentityTokenReference(token)) return 'azure_ad_token must be a token, oidc/azure/, oidc/file//path or oidc/google/<audience>. For a token in the environment write os.environ/NAME.'
    if (wayOf(config) === 'none') return 'azure_ad_token (oidc) needs tenant_id and client_id: the identity token is exchanged for one of that application.'
  }
  if (wayOf(config) !== 'none') return undefined
  if (config.azure_username !== undefined || config.azure_password !== undefined) return 'azure_username, azure_password and client_id belong together.'
  if (config.azure_credential !== undefined) return `azure_credential is ${config.azure_credential}, for which something is missing: ClientSecretCredential and EnvironmentCredential take tenant_id, client_id and client_secret, WorkloadIdentityCredential takes tenant_id, client_id and azure_federated_token_file; ManagedIdentityCredential and DefaultAzureCredential take nothing, and others are not known`
  return 'needs api_key, or azure_ad_token, or tenant_id with client_id and client_secret, or client_id with azure_username and azure_password, or enable_azure_ad_token_refresh: true for the identity of the machine'
}

/** Options of the Azure OpenAI provider, named as LiteLLM names them. */
export const azureConfig = v.pipe(
  options,
  v.forward(
    v.rawCheck(({ dataset, addIssue }) => {
      const message = dataset.typed ? missing(dataset.value) : undefined
      if (message !== undefined) addIssue({ message })
    }),
    ['api_key'],
  ),
)

export type AzureConfig = v.InferOutput<typeof azureConfig>
