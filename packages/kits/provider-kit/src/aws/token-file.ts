import { readFile } from 'node:fs/promises'
import { GatewayError } from '@tianjillm/core'

/**
 * A token from a file, which others renew: read at each exchange.
 *
 * @param option what names the file, for the error
 * @throws `upstream_auth` when there is no token
 */
export async function readToken(file: string, option: string, provider: string): Promise<string> {
  let cause: unknown
  try {
    const token = (await readFile(file, 'utf8')).trim()
    if (token !== '') return token
  } catch (error) {
    cause = error
  }
  throw new GatewayError('upstream_auth', `${provider}: the file of ${option} ${cause === undefined ? 'is empty' : 'cannot be read'}. It must hold a token, and be readable for the gateway.`, { provider, cause })
}
