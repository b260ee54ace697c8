import type { BedrockConfig } from '../config.ts'

/** What a signature is made with. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

/**
 * The access key of a config. Lasting keys (`AKIA...`) never have a session token: one that stands
 * beside them came from an environment that belongs to other credentials, and would spoil the signature.
 */
export function ownCredentials({ aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token }: BedrockConfig): AwsCredentials {
  return { accessKeyId: id!, secretAccessKey: secret!, sessionToken: id!.startsWith('AKIA') ? undefined : token }
}
