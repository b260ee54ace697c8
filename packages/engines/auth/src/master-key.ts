import { hash, timingSafeEqual } from 'node:crypto'
import type { Authenticator, Principal } from './principal.ts'

/**
 * Knows one key, the operator's. Only its SHA-256 is kept; digests are compared in constant time.
 *
 * @param masterKey the key, starting with `sk-`
 */
export function createMasterKeyAuthenticator(masterKey: string): Authenticator {
  const expected = hash('sha256', masterKey, 'buffer')
  const principal: Principal = Object.freeze({
    tenant: 'master',
    role: 'proxy_admin',
    facts: Object.freeze({ keyAlias: 'master', userId: 'default_user_id' }),
  })
  return {
    authenticate: (key) => (timingSafeEqual(hash('sha256', key, 'buffer'), expected) ? principal : undefined),
    holds: (known) => known === principal,
  }
}
