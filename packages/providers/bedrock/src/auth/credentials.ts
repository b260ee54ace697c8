import type { Host } from '@tianjillm/core'
import { createTokenCache } from '@tianjillm/provider-kit'
import type { BedrockConfig } from '../config.ts'
import { assumeRole } from './assume-role.ts'
import { type AwsCredentials, ownCredentials } from './own-credentials.ts'

/** Where credentials come from. */
export interface CredentialSource {
  /** The credentials at once where they are known. */
  get(): AwsCredentials | Promise<AwsCredentials>
  /** AWS refused them as expired: the next `get` makes an exchange. */
  expired(): void
  close(): void
}

/** STS credentials are renewed this long before their end; AWS's own clients do the same. */
const EARLY_MS = 5 * 60_000

/** Credentials of a config that has no API key: the access key itself, or those of a role, kept until near their end. */
export function createCredentialSource(config: BedrockConfig, { http, clock, log }: Host): CredentialSource {
  if (config.aws_role_name === undefined) {
    const fixed = ownCredentials(config)
    return { get: () => fixed, expired: () => {}, close: () => {} }
  }
  const cache = createTokenCache<AwsCredentials>({
    fetch: (signal) => assumeRole(config, config.aws_region_name, http, clock, signal),
    clock,
    earlyMs: EARLY_MS,
    onRenewalError: (error) => log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'The credentials of aws_role_name could not be renewed; the old ones are used to their end.'),
  })
  return { get: () => cache.get(), expired: () => cache.invalidate(), close: () => cache.close() }
}
