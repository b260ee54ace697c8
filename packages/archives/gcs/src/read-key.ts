import { readFile } from 'node:fs/promises'
import { GatewayError } from '@tianjillm/core'
import { readServiceAccount, type ServiceAccountKey } from '@tianjillm/provider-kit'

/** The key of a service account from its file, or from its JSON. @throws `invalid_config` */
export async function readKey(given: string | undefined): Promise<ServiceAccountKey | undefined> {
  if (given === undefined) return undefined
  const text = given.trimStart().startsWith('{') ? given : await readFile(given, 'utf8').catch((cause: unknown) => {
    throw new GatewayError('invalid_config', `gcs_path_service_account: the file cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`, { cause })
  })
  return readServiceAccount(text, 'gcs_path_service_account')
}
