import { expect, it } from 'vitest'
import { estimateBytes } from './estimate.ts'

it.each([
  ['a text', { messages: [{ role: 'user', content: 'hello '.repeat(500) }] }],
  ['many small messages', { messages: Array.from({ length: 200 }, (_, i) => ({ role: 'user', content: `message number ${i}` })) }],
  ['nested objects', { a: { b: { c: [{ d: 'x' }, { d: 'y' }] } } }],
  ['an embedding', { data: [{ embedding: Array.from({ length: 1536 }, (_, i) => Math.sin(i) / 100) }] }],
])('comes near the JSON of %s', (_, value) => {
  const ratio = estimateBytes(value) / JSON.stringify(value).length
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

it('counts bytes of buffers', () => {
  expect(estimateBytes(new Uint8Array(5000))).toBe(5000)
})

it('ends on cycles and on huge structures', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  expect(estimateBytes(cycle)).toBeGreaterThan(0)
  expect(estimateBytes(Array.from({ length: 100_000 }, () => 'x'))).toBeGreaterThan(0)
})
