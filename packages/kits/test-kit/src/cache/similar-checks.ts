import assert from 'node:assert/strict'
import type { Cache, Similar, SimilarityStore } from '@tianjillm/core'
import { turn } from '../fakes/clock.ts'
import type { Check } from '../suite/check.ts'
import type { Stage } from '../suite/stage.ts'

const HOUR = 3_600_000
/** Cosines are computed with 32 bits. */
const CLOSE = 1e-3

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const vector = (...values: readonly number[]): Float32Array => new Float32Array(values)

/** What a store that finds by likeness owes beside what every store owes. */
export function similarChecks(check: (name: string, body: (stage: Stage<Cache>) => Promise<void>) => Check, time: 'fake' | 'real'): Check[] {
  const named = (name: string, body: (similar: SimilarityStore, stage: Stage<Cache>) => Promise<void>): Check => check(`similar: ${name}`, async (stage) => {
    assert.ok(stage.instance.similar, 'The suite was told that the store finds by likeness, and it has no `similar`.')
    await body(stage.instance.similar, stage)
  })
  const put = async (similar: SimilarityStore, partition: string, key: string, at: Float32Array, ttlMs = HOUR): Promise<void> => {
    await similar.set({ partition, key, vector: at, value: bytes(`value of ${key}`) }, ttlMs)
  }
  const expectFound = (found: Similar | undefined, key: string, similarity: number): void => {
    assert.equal(found?.key, key, 'Another entry is nearest.')
    assert.equal(Buffer.from(found.value).toString(), `value of ${key}`)
    assert.ok(Math.abs(found.similarity - similarity) < CLOSE, `The similarity is ${found.similarity}, not ${similarity}: it must be the cosine.`)
  }

  return [
    named('an empty partition has nothing', async (similar) => assert.equal(await similar.nearest('never', vector(1, 0, 0)), undefined)),
    named('the nearest by cosine is found, whatever the lengths', async (similar) => {
      await put(similar, 'p', 'x', vector(1, 0, 0))
      await put(similar, 'p', 'y', vector(0, 5, 0))
      await put(similar, 'p', 'xy', vector(3, 3, 0))
      expectFound(await similar.nearest('p', vector(0, 0.1, 0)), 'y', 1)
      expectFound(await similar.nearest('p', vector(1, 0.9, 0)), 'xy', 1.9 / (Math.SQRT2 * Math.sqrt(1.81)))
      expectFound(await similar.nearest('p', vector(0, 0, -1)), (await similar.nearest('p', vector(0, 0, -1)))!.key, 0)
    }),
    named('opposite is -1, and not far away', async (similar) => {
      await put(similar, 'p', 'x', vector(1, 0))
      expectFound(await similar.nearest('p', vector(-2, 0)), 'x', -1)
    }),
    named('partitions share nothing, whatever they are called', async (similar) => {
      const names = ['a', 'A', 'a b', 'a-b', '{a}', 'é', '*', 'a|b', '"', "'", 'p'.repeat(300)]
      for (const [i, name] of names.entries()) await put(similar, name, `key-${i}`, vector(1, i + 1, 0, 0))
      for (const [i, name] of names.entries()) assert.equal((await similar.nearest(name, vector(1, 1, 1, 1)))?.key, `key-${i}`, `The partition ${JSON.stringify(name.slice(0, 20))} has another's entry.`)
    }),
    named('an entry takes the place of one with its key', async (similar) => {
      await put(similar, 'p', 'k', vector(1, 0, 0))
      await put(similar, 'p', 'k', vector(0, 1, 0))
      expectFound(await similar.nearest('p', vector(1, 0, 0)), 'k', 0)
    }),
    named('vectors of the usual lengths are taken, and lengths do not disturb each other', async (similar) => {
      for (const length of [2, 1536, 3072]) {
        const at = Float32Array.from({ length }, (_, i) => Math.sin(i + 1))
        await put(similar, `of ${length}`, `k${length}`, at)
        expectFound(await similar.nearest(`of ${length}`, at), `k${length}`, 1)
      }
    }),
    named('delete and clear remove them, and they are no answers by themselves', async (similar, { instance }) => {
      await put(similar, 'p', 'a', vector(1, 0, 0))
      await put(similar, 'p', 'b', vector(0, 1, 0))
      assert.equal(await instance.get('a'), undefined, '`get` answers with a similar entry.')
      await instance.delete('a')
      assert.equal((await similar.nearest('p', vector(1, 0, 0)))?.key, 'b', 'A deleted entry is still found.')
      await instance.clear()
      assert.equal(await similar.nearest('p', vector(1, 0, 0)), undefined, 'An entry outlived `clear`.')
      await put(similar, 'p', 'c', vector(1, 0, 0))
      expectFound(await similar.nearest('p', vector(1, 0, 0)), 'c', 1)
    }),
    named('they end with their time', async (similar, { clock }) => {
      await put(similar, 'p', 'long', vector(0, 1, 0))
      await put(similar, 'p', 'short', vector(1, 0, 0), 100)
      const nearest = async (): Promise<string | undefined> => (await similar.nearest('p', vector(1, 0.1, 0)))?.key
      if (time === 'fake') {
        assert.equal(await nearest(), 'short', 'The entry is gone before its time.')
        clock.advance(100)
      } else {
        const deadline = performance.now() + 5_000
        while ((await nearest()) === 'short' && performance.now() < deadline) await turn()
      }
      assert.equal(await nearest(), 'long', 'The entry outlived its time, or another went with it.')
    }),
  ]
}
