import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { GatewayError } from '@tianjillm/core'
import { jsonCredentials } from './json-credentials.ts'
import type { AwsCaller } from './options.ts'
import { type CredentialSource, exchanged } from './source.ts'

const run = promisify(exec)

/**
 * Credentials that a command of the operator's profile prints, such as those of IAM Roles Anywhere.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function processSource(command: string, profile: string, { clock, log, provider }: AwsCaller): CredentialSource {
  const what = `the credential_process of the profile ${JSON.stringify(profile)}`
  return exchanged({
    what, clock, log,
    async fetch(signal) {
      try {
        const { stdout } = await run(command, { signal, timeout: 60_000, maxBuffer: 64 * 1024 })
        return jsonCredentials(stdout, what, provider)
      } catch (error) {
        if (error instanceof GatewayError) throw error
        // The error of Node repeats the command and what it printed, where secrets may stand.
        throw new GatewayError('upstream_auth', `${provider}: ${what} failed (${String((error as { code?: unknown }).code ?? 'stopped')}). Run the command by hand, as the user of the gateway.`, { provider })
      }
    },
  })
}
