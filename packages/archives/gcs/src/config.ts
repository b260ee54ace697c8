import * as v from 'valibot'

/** Options of Google Cloud Storage, named as LiteLLM names them. */
export const gcsConfig = v.strictObject({
  gcs_bucket_name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, 'must be the name of a bucket'), v.description('The bucket.')),
  gcs_path: v.optional(v.pipe(v.string(), v.regex(/^\/*(?:[\w=.-]+\/*)*$/, 'must be letters, digits, and . _ = - /'), v.description('What names begin with.')), ''),
  gcs_path_service_account: v.optional(v.pipe(v.string(), v.nonEmpty(), v.metadata({ secret: true, operator: true }), v.description('File with the key of a service account, or that JSON itself. Absent: the identity that Google Cloud gives the machine.'))),
  gcs_endpoint_url: v.optional(v.pipe(v.string(), v.url(), v.regex(/^https?:/i, 'must begin with https:// or http://'), v.description('Address of the API.')), 'https://storage.googleapis.com'),
})

export type GcsConfig = v.InferOutput<typeof gcsConfig>
