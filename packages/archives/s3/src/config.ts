import * as v from 'valibot'

const text = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.description(description)))
const secret = (description: string) => v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description(description)))
const flag = (description: string) => v.optional(v.pipe(v.boolean(), v.description(description)))

/** Options of S3, named as LiteLLM names them. */
export const s3Config = v.strictObject({
  s3_bucket_name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and dashes'), v.description('The bucket.')),
  s3_region_name: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{2,40}$/, 'must be a region such as us-east-1'), v.description('Its region; `auto` for some other stores.')), 'us-east-1'),
  s3_path: v.optional(v.pipe(v.string(), v.regex(/^\/*(?:[\w=.-]+\/*)*$/, 'must be letters, digits, and . _ = - /'), v.description('What names begin with.')), ''),
  s3_aws_access_key_id: v.pipe(v.string(), v.nonEmpty(), v.description('Access key that signs requests (SigV4).')),
  s3_aws_secret_access_key: v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true }), v.description('Secret of the access key.')),
  s3_aws_session_token: secret('Token of temporary credentials.'),
  s3_endpoint_url: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https?:/i, 'must begin with https:// or http://'), v.description('Address of another store than Amazon\'s: MinIO, R2, Ceph, ..., or Google Cloud Storage with HMAC keys.'))),
  s3_use_virtual_hosted_style: flag('The bucket is part of the host name. Default: for Amazon, unless its name has a dot.'),
  s3_server_side_encryption: v.optional(v.pipe(v.picklist(['AES256', 'aws:kms', 'aws:kms:dsse']), v.description('How the store encrypts; default as the bucket says.'))),
  s3_sse_kms_key_id: text('Key of `aws:kms`.'),
})

export type S3Config = v.InferOutput<typeof s3Config>
