import * as v from 'valibot'
import { isAwsAddress } from './auth/aws-address.ts'

const text = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.description(description)))
const secret = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description(description)))
const address = (description: string) => v.optional(v.pipe(v.string(), v.url(), v.description(description)))

const options = v.strictObject({
  aws_access_key_id: text('Access key that signs requests (SigV4).'),
  aws_secret_access_key: secret('Secret of the access key.'),
  aws_session_token: secret('Token of temporary credentials.'),
  aws_region_name: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2,4}(?:-[a-z]+)+-\d+$/, 'must be a region such as us-east-1'), v.description('Region, unless the model names one (`bedrock/<region>/<model>`, an ARN).')), 'us-west-2'),
  aws_role_name: text('ARN of a role to take on through STS before calling.'),
  aws_session_name: v.optional(v.pipe(v.string(), v.regex(/^[\w+=,.@-]{2,64}$/, 'must be 2 to 64 letters, digits or any of _+=,.@-'), v.description('Name of the role session.')), 'tianjillm'),
  aws_external_id: secret('External id that the role asks for.'),
  aws_web_identity_token: secret('OIDC token that proves us to STS instead of an access key.'),
  aws_web_identity_token_file: text('File that holds the OIDC token; read again at each exchange.'),
  aws_sts_endpoint: address('Address of STS; default that of the region.'),
  aws_bedrock_runtime_endpoint: address('Address of the Bedrock runtime; default that of the region.'),
  api_base: address('The same as `aws_bedrock_runtime_endpoint`, which wins.'),
  api_key: secret('Bedrock API key, sent as bearer token instead of a signature.'),
  model_id: text('Model id or ARN to call instead of the one in `model`, which then only tells the family.'),
  extra_headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('Headers added to each request.')), {}),
})

/** What a config lacks, if anything: each way of proving who we are needs its own keys. */
function missing(config: v.InferOutput<typeof options>): string | undefined {
  const { aws_access_key_id: id, aws_secret_access_key: key, aws_role_name: role } = config
  const identity = config.aws_web_identity_token ?? config.aws_web_identity_token_file
  if (config.api_key !== undefined) return undefined
  if ((id === undefined) !== (key === undefined)) return `${id === undefined ? 'aws_access_key_id' : 'aws_secret_access_key'} is missing: the two belong together.`
  if (identity !== undefined && role === undefined) return 'aws_role_name is missing: a web identity token is exchanged for a role.'
  if (config.aws_web_identity_token_file !== undefined && config.aws_sts_endpoint !== undefined && !isAwsAddress(config.aws_sts_endpoint)) {
    return 'aws_sts_endpoint must be an https address of amazonaws.com beside aws_web_identity_token_file: what the file holds is sent to AWS only.'
  }
  if (id !== undefined || identity !== undefined) return undefined
  return 'No AWS credentials: set aws_access_key_id and aws_secret_access_key, or api_key (a Bedrock API key), or aws_role_name with aws_web_identity_token_file. Profiles and the roles of instances, containers and pods are not looked up.'
}

/** Options of the Bedrock provider, named as LiteLLM names them. */
export const bedrockConfig = v.pipe(
  options,
  v.rawCheck(({ dataset, addIssue }) => {
    const message = dataset.typed ? missing(dataset.value) : undefined
    if (message !== undefined) addIssue({ message })
  }),
)

export type BedrockConfig = v.InferOutput<typeof bedrockConfig>
