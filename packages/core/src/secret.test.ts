import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { MASK, Secret } from './secret.ts'

it('shows a secret nowhere but in reveal()', () => {
  const secret = new Secret('sk-hidden')
  const shown = [String(secret), `${secret}`, JSON.stringify({ secret }), inspect(secret, { showHidden: true, depth: 9 }), inspect({ deep: [secret] }), JSON.stringify(Object.entries(secret)), `${secret + ''}`]
  for (const text of shown) expect(text).not.toContain('sk-hidden')
  expect(shown[0]).toBe(MASK)
  expect(secret.reveal()).toBe('sk-hidden')
})
