import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { TurnQueue } from './index.ts'

it('does at the end of the turn what came in it, in order', async () => {
  const done: number[] = []
  const queue = new TurnQueue<number>((item) => void done.push(item))
  queue.add(1)
  await Promise.resolve()
  queue.add(2)
  expect(done).toEqual([])
  await turn()
  expect(done).toEqual([1, 2])
  queue.add(3)
  await turn()
  expect(done).toEqual([1, 2, 3])
})

it('does not let many wait', () => {
  const done: number[] = []
  const queue = new TurnQueue<number>((item) => void done.push(item), 3)
  for (const item of [1, 2, 3, 4]) queue.add(item)
  expect(done).toEqual([1, 2, 3])
})

it('does the rest when one throws, and what one adds', async () => {
  const done: string[] = []
  const queue = new TurnQueue<string>((item) => {
    if (item === 'bad') throw new Error('bad')
    done.push(item)
    if (item === 'first') queue.add('more')
  }, 3)
  queue.add('first')
  queue.add('bad')
  expect(() => queue.add('last')).toThrow('bad')
  await turn()
  expect(done.toSorted()).toEqual(['first', 'last', 'more'])
})
