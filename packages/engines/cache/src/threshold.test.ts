import { describe, expect, it } from 'vitest'
import recorded from './__fixtures__/questions.json' with { type: 'json' }
import { type Question, similarQuestion, tenantOf } from './index.ts'

// What a real, small model thinks of questions that one answer does for, and of such that look alike and are not.
const vectors = recorded.vectors as Readonly<Record<string, string>>
const vectorOf = (text: string): Int8Array => new Int8Array(Buffer.from(vectors[text]!, 'base64'))

function cosine(a: Int8Array, b: Int8Array): number {
  let [product, first, second] = [0, 0, 0]
  for (let i = 0; i < a.length; i += 1) {
    product += a[i]! * b[i]!
    first += a[i]! ** 2
    second += b[i]! ** 2
  }
  return product / Math.sqrt(first * second)
}

const asked = (text: string) => similarQuestion({ tenant: tenantOf({ key: 'k' }), operation: 'chat', dialect: 'openai', group: 'g', body: { messages: [{ role: 'user', content: text }] } } satisfies Question, 'm')!
const pairs = (recorded.pairs as unknown as readonly (readonly [string, string, boolean])[]).map(([a, b, same]) => ({ a, b, same, similarity: cosine(vectorOf(a), vectorOf(b)), comparable: asked(a).partition === asked(b).partition }))
const hits = (threshold: number) => pairs.filter(({ similarity, comparable }) => comparable && similarity >= threshold)
const told = (threshold: number, same: boolean): string[] => hits(threshold).filter((pair) => pair.same === same).map(({ a, b }) => `${a} | ${b}`)

describe('the threshold test set', () => {
  it('at 0.95 no answer is wrong, and some paraphrases are found', () => {
    expect(told(0.95, false)).toEqual([])
    expect(told(0.95, true)).toEqual(['How do I reset my password? | How can I reset my password?', 'How do I reset my password? | I forgot my password, how do I reset it?'])
  })

  it('lower thresholds find more, and what is wrong among it', () => {
    expect(told(0.9, true).length).toBeGreaterThanOrEqual(4)
    expect(told(0.9, false)).toEqual(['How much does the premium plan cost? | How much does the basic plan cost?', 'Is the server up? | Is the server down?'])
    expect(told(0.8, false).length).toBeGreaterThan(4)
  })

  it('questions with other numbers are never compared, though nothing is more alike', () => {
    const numbers = pairs.filter(({ a }) => /\d/.test(a))
    expect(numbers.map(({ similarity, comparable }) => [similarity > 0.93, comparable])).toEqual([[true, false], [true, false], [true, false]])
  })
})

it.each([['see https://a.example/x', 'see https://a.example/y'], ['what does `map` do', 'what does `flatMap` do'], ['say "yes"', 'say "no"'], ['in 1,000 steps', 'in 1.000 steps'], ['at 10:30', 'at 10:31'], ['٣ apples', '٤ apples']])('%s, and %s', (a, b) => {
  expect(asked(a).partition).not.toBe(asked(b).partition)
  expect(asked(`Please: ${a}`).partition).toBe(asked(`${a}, please`).partition)
})
