import type { Host } from '@tianjillm/core'

/** Who needs credentials of AWS. */
export interface AwsCaller extends Host {
  /** How it is called, for errors. */
  readonly provider: string
  /** What operators may set so that there are credentials, for the error that there are none: a sentence. */
  readonly ways: string
}

/** Where credentials of AWS come from, under LiteLLM's names. */
export interface AwsCredentialOptions {
  readonly aws_access_key_id?: string | undefined
  readonly aws_secret_access_key?: string | undefined
  readonly aws_session_token?: string | undefined
  readonly aws_region_name: string
  /** ARN of a role to take on. */
  readonly aws_role_name?: string | undefined
  readonly aws_session_name: string
  readonly aws_external_id?: string | undefined
  readonly aws_session_tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined
  /** The token, or a reference to it (`oidc/...`). */
  readonly aws_web_identity_token?: string | undefined
  readonly aws_web_identity_token_file?: string | undefined
  readonly aws_sts_endpoint?: string | undefined
  readonly aws_profile_name?: string | undefined
  readonly aws_config_file?: string | undefined
  readonly aws_shared_credentials_file?: string | undefined
  readonly aws_default_profile?: string | undefined
  readonly aws_pod_role_arn?: string | undefined
  readonly aws_pod_token_file?: string | undefined
  readonly aws_container_credentials_relative_uri?: string | undefined
  readonly aws_container_credentials_full_uri?: string | undefined
  readonly aws_container_authorization_token?: string | undefined
  readonly aws_container_authorization_token_file?: string | undefined
  readonly aws_ec2_metadata_disabled?: boolean | undefined
  readonly aws_ec2_metadata_service_endpoint?: string | undefined
}
