import type { Credential } from '@tianjillm/core'

/** `Authorization: Bearer` for the host of `baseUrl`, and no other. */
export function bearer(token: string, baseUrl: string): Credential {
  return headerCredential({ authorization: `Bearer ${token}` }, baseUrl)
}

/** Headers that only the host of `baseUrl` may see. */
export function headerCredential(headers: Readonly<Record<string, string>>, baseUrl: string): Credential {
  return { hosts: [new URL(baseUrl).host], headers }
}
