import assert from 'node:assert/strict'
import { asArray, asNumber, asRecord } from '@tianjillm/provider-kit'

/** What holds for every chat stream that the gateway hands on, whatever the upstream sent. */
export function assertChatStream(chunks: readonly unknown[]): void {
  const finishes = new Map<number, number>()
  let told = 0
  for (const chunk of chunks.map(asRecord)) {
    assert.equal(chunk['object'], 'chat.completion.chunk', 'Each chunk\'s `object` is `chat.completion.chunk`.')
    if (chunk['usage'] !== undefined && chunk['usage'] !== null) told += 1
    for (const choice of asArray(chunk['choices']).map(asRecord)) {
      const index = asNumber(choice['index'])
      assert.ok(index !== undefined, 'Each choice has an `index`.')
      const finished = finishes.get(index) ?? 0
      finishes.set(index, finished + (typeof choice['finish_reason'] === 'string' ? 1 : 0))
    }
  }
  assert.ok(finishes.size > 0, 'The stream has no choice.')
  for (const [index, count] of finishes) assert.equal(count, 1, `Choice ${index} is finished ${count} times, not once.`)
  assert.ok(told <= 1, `Usage is told ${told} times, not at most once.`)
}
