import type { AwsCredentials } from './source.ts'

/** An access key as it is written: in a config, or in a profile. */
interface WrittenKey {
  readonly aws_access_key_id?: string | undefined
  readonly aws_secret_access_key?: string | undefined
  readonly aws_session_token?: string | undefined
}

/**
 * The access key that is written, if one is. Lasting keys (`AKIA...`) never have a session token: one that stands
 * beside them came from an environment that belongs to other credentials, and would spoil the signature.
 */
export function ownCredentials({ aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token }: WrittenKey): AwsCredentials | undefined {
  return id === undefined || secret === undefined ? undefined : { accessKeyId: id, secretAccessKey: secret, sessionToken: id.startsWith('AKIA') ? undefined : token }
}
