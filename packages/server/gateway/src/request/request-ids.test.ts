import { expect, it } from 'vitest'
import { createRequestIds } from './request-ids.ts'

it('request ids are random UUIDs, each another one', () => {
  const newId = createRequestIds()
  const ids = Array.from({ length: 1000 }, newId)
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  expect(new Set(ids).size).toBe(1000)
})
