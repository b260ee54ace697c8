import { isContainerAddress } from '@tianjillm/provider-kit/aws'
import * as v from 'valibot'

const text = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.description(description)))
const secret = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description(description)))
const ofMachine = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ operator: true }), v.description(description)))
const flag = (description: string) => v.optional(v.pipe(v.boolean(), v.description(description)))

const options = v.strictObject({
  s3_bucket_name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and dashes'), v.description('The bucket.')),
  s3_region_name: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{2,40}$/, 'must be a region such as us-east-1'), v.description('Its region; `auto` for some other stores.')), 'us-east-1'),
  s3_path: v.optional(v.pipe(v.string(), v.regex(/^\/*(?:[\w=.-]+\/*)*$/, 'must be letters, digits, and . _ = - /'), v.description('What names begin with.')), ''),
  s3_aws_access_key_id: text('Access key that signs requests (SigV4). Absent: a profile, or what the machine has (pod, container, instance).'),
  s3_aws_secret_access_key: secret('Secret of the access key.'),
  s3_aws_session_token: secret('Token of temporary credentials.'),
  s3_aws_role_name: text('ARN of a role to take on through STS.'),
  s3_aws_session_name: v.optional(v.pipe(v.string(), v.regex(/^[\w+=,.@-]{2,64}$/, 'must be 2 to 64 letters, digits or any of _+=,.@-'), v.description('Name of the role session.')), 'tianjillm'),
  s3_aws_external_id: secret('External id that the role asks for.'),
  s3_aws_web_identity_token: secret('OIDC token that proves us to STS instead of an access key: the token, `oidc/file//path`, or `oidc/google/<audience>`.'),
  s3_aws_profile_name: text('Profile of the shared AWS files.'),
  s3_aws_sts_endpoint: v.optional(v.pipe(v.string(), v.url(), v.description('Address of STS; default that of the region.'))),
  s3_aws_config_file: ofMachine('Shared config file; default `~/.aws/config`.'),
  s3_aws_shared_credentials_file: ofMachine('Shared credentials file; default `~/.aws/credentials`.'),
  s3_aws_default_profile: ofMachine('Profile that is used where no other credentials are set; default `default`.'),
  s3_aws_pod_role_arn: ofMachine('Role of the pod (IRSA), where no other credentials are set.'),
  s3_aws_pod_token_file: ofMachine('File with the token of the pod (IRSA).'),
  s3_aws_container_credentials_relative_uri: v.optional(v.pipe(v.string(), v.startsWith('/', 'must start with /'), v.metadata({ operator: true }), v.description('Path of the credentials of an ECS task.'))),
  s3_aws_container_credentials_full_uri: v.optional(v.pipe(v.string(), v.url(), v.check(isContainerAddress, 'must be an https address, or one of ECS, EKS or the machine itself'), v.metadata({ operator: true }), v.description('Address of the credentials of a container (EKS Pod Identity).'))),
  s3_aws_container_authorization_token_file: ofMachine('File with the token for that address.'),
  s3_endpoint_url: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https?:/i, 'must begin with https:// or http://'), v.description('Address of another store than Amazon\'s: MinIO, R2, Ceph, ..., or Google Cloud Storage with HMAC keys.'))),
  s3_use_virtual_hosted_style: flag('The bucket is part of the host name. Default: for Amazon, unless its name has a dot.'),
  s3_server_side_encryption: v.optional(v.pipe(v.picklist(['AES256', 'aws:kms', 'aws:kms:dsse']), v.description('How the store encrypts; default as the bucket says.'))),
  s3_sse_kms_key_id: text('Key of `aws:kms`.'),
})

/** Options of S3, named as LiteLLM names them. */
export const s3Config = v.pipe(
  options,
  v.forward(v.partialCheck([['s3_aws_access_key_id'], ['s3_aws_secret_access_key']], ({ s3_aws_access_key_id: id, s3_aws_secret_access_key: key }) => key === undefined || id !== undefined, 'is missing: the two belong together'), ['s3_aws_access_key_id']),
  v.forward(v.partialCheck([['s3_aws_access_key_id'], ['s3_aws_secret_access_key']], ({ s3_aws_access_key_id: id, s3_aws_secret_access_key: key }) => id === undefined || key !== undefined, 'is missing: the two belong together'), ['s3_aws_secret_access_key']),
  v.forward(v.partialCheck([['s3_aws_web_identity_token'], ['s3_aws_role_name']], ({ s3_aws_web_identity_token: token, s3_aws_role_name: role }) => token === undefined || role !== undefined, 'is missing: a web identity token is exchanged for a role'), ['s3_aws_role_name']),
)

export type S3Config = v.InferOutput<typeof s3Config>
