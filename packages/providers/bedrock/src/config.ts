import { isIdentityTokenReference } from '@tianjillm/provider-kit'
import { isAwsAddress, isContainerAddress } from '@tianjillm/provider-kit/aws'
import * as v from 'valibot'

const text = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.description(description)))
const secret = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description(description)))
const address = (description: string) => v.optional(v.pipe(v.string(), v.url(), v.description(description)))
/** What names a file or an address of the gateway's machine: of the config file and the environment only. */
const ofMachine = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ operator: true }), v.description(description)))
const flag = v.pipe(v.union([v.boolean(), v.picklist(['True', 'true', 'False', 'false'])], 'must be true or false'), v.transform((value) => value === true || /^true$/i.test(String(value))))

const options = v.strictObject({
  aws_access_key_id: text('Access key that signs requests (SigV4).'),
  aws_secret_access_key: secret('Secret of the access key.'),
  aws_session_token: secret('Token of temporary credentials.'),
  aws_region_name: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2,4}(?:-[a-z]+)+-\d+$/, 'must be a region such as us-east-1'), v.description('Region, unless the model names one (`bedrock/<region>/<model>`, an ARN).')), 'us-west-2'),
  aws_role_name: text('ARN of a role to take on through STS before calling.'),
  aws_session_name: v.optional(v.pipe(v.string(), v.regex(/^[\w+=,.@-]{2,64}$/, 'must be 2 to 64 letters, digits or any of _+=,.@-'), v.description('Name of the role session.')), 'tianjillm'),
  aws_external_id: secret('External id that the role asks for.'),
  aws_session_tags: v.optional(v.pipe(v.array(v.strictObject({ Key: v.pipe(v.string(), v.nonEmpty()), Value: v.string() })), v.maxLength(50), v.description('Tags of the role session: a list of `{Key, Value}`.'))),
  aws_web_identity_token: secret('OIDC token that proves us to STS instead of an access key: the token, `oidc/file//path`, or `oidc/google/<audience>`.'),
  aws_web_identity_token_file: ofMachine('File that holds the OIDC token; read again at each exchange.'),
  aws_sts_endpoint: address('Address of STS; default that of the region.'),
  aws_profile_name: text('Profile of the shared AWS files, read when the deployment is made: access keys, roles (`source_profile`, `credential_source`, `web_identity_token_file`), `credential_process`.'),
  aws_bedrock_runtime_endpoint: address('Address of the Bedrock runtime; default that of the region.'),
  api_base: address('The same as `aws_bedrock_runtime_endpoint`, which wins.'),
  api_key: secret('Bedrock API key, sent as bearer token instead of a signature.'),
  model_id: text('Model id or ARN to call instead of the one in `model`, which then only tells the family.'),
  extra_headers: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('Headers added to each request.')), {}),
  aws_config_file: ofMachine('Shared config file; default `~/.aws/config`.'),
  aws_shared_credentials_file: ofMachine('Shared credentials file; default `~/.aws/credentials`.'),
  aws_default_profile: ofMachine('Profile that is used where no other credentials are set; default `default`.'),
  aws_pod_role_arn: ofMachine('Role of the pod (IRSA), where no other credentials are set.'),
  aws_pod_token_file: ofMachine('File with the token of the pod (IRSA).'),
  aws_container_credentials_relative_uri: v.optional(v.pipe(v.string(), v.startsWith('/', 'must start with /'), v.metadata({ operator: true }), v.description('Path of the credentials of an ECS task.'))),
  aws_container_credentials_full_uri: v.optional(v.pipe(v.string(), v.url(), v.check(isContainerAddress, 'must be an https address, or one of ECS, EKS or the machine itself'), v.metadata({ operator: true }), v.description('Address of the credentials of a container (EKS Pod Identity).'))),
  aws_container_authorization_token: v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true, operator: true }), v.description('Token for that address.'))),
  aws_container_authorization_token_file: ofMachine('File with the token for that address; read again at each exchange.'),
  aws_ec2_metadata_disabled: v.optional(v.pipe(flag, v.metadata({ operator: true }), v.description('Never asks for the role of the EC2 instance.'))),
  aws_ec2_metadata_service_endpoint: v.optional(v.pipe(v.string(), v.url(), v.metadata({ operator: true }), v.description('Address of the metadata service of the EC2 instance; default `http://169.254.169.254`.'))),
})

/** What a config lacks, if anything: each way of proving who we are needs its own keys. */
function missing(config: v.InferOutput<typeof options>): string | undefined {
  const { aws_access_key_id: id, aws_secret_access_key: key, aws_web_identity_token: token, aws_web_identity_token_file: file } = config
  if (config.api_key !== undefined) return undefined
  if ((id === undefined) !== (key === undefined)) return `${id === undefined ? 'aws_access_key_id' : 'aws_secret_access_key'} is missing: the two belong together.`
  if ((token !== undefined || file !== undefined) && config.aws_role_name === undefined) return 'aws_role_name is missing: a web identity token is exchanged for a role.'
  const referred = token?.startsWith('oidc/') === true
  if (referred && !isIdentityTokenReference(token)) return 'aws_web_identity_token must be oidc/file//path or oidc/google/<audience>. For a token in the environment write os.environ/NAME; for a file that the environment names, aws_web_identity_token_file: os.environ/NAME.'
  const read = referred ? 'aws_web_identity_token' : file !== undefined ? 'aws_web_identity_token_file' : id === undefined && config.aws_profile_name === undefined && config.aws_pod_token_file !== undefined ? 'AWS_WEB_IDENTITY_TOKEN_FILE' : undefined
  if (read !== undefined && config.aws_sts_endpoint !== undefined && !isAwsAddress(config.aws_sts_endpoint)) {
    return `aws_sts_endpoint must be an https address of amazonaws.com beside ${read}: what the file holds is sent to AWS only.`
  }
  return undefined
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
