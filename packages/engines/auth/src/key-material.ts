import { hash, randomBytes } from 'node:crypto'

/** How every key begins, so that people and scanners recognise one. */
export const KEY_PREFIX = 'sk-'

/** A new virtual key: `sk-` and 256 random bits. Shown to its owner once; only {@link hashKey} of it is kept. */
export function createKey(): string {
  return KEY_PREFIX + randomBytes(32).toString('base64url')
}

/**
 * What is stored of a key: hex SHA-256. A presented text is always hashed before the look-up, so a
 * stolen hash opens nothing. No salt: the keys themselves carry 256 random bits.
 */
export function hashKey(key: string): string {
  return hash('sha256', key)
}

/** How a key is named to people: `sk-...` and its last four characters. */
export function keyName(key: string): string {
  return `${KEY_PREFIX}...${key.slice(-4)}`
}
