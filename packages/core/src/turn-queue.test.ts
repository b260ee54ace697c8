import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { TurnQueue } from './index.ts'

/** A queue whose time is told. */
function stand(run: (item: number | string) => void, most = 64) {
  const clock = { ms: 1000 }
  return { clock, queue: new TurnQueue(run, { most, now: () => clock.ms }) }
}

it('does at once what comes alone', () => {
  const done: unknown[] = []
  const { clock, queue } = stand((item) => void done.push(item))
  queue.add(1)
  clock.ms += 5
  queue.add(2)
  expect(done).toEqual([1, 2])
})

it('does at the end of the turn what follows closely upon another, in order', async () => {
  const done: unknown[] = []
  const { clock, queue } = stand((item) => void done.push(item))
  queue.add(1)
  queue.add(2)
  await Promise.resolve()
  clock.ms += 5
  queue.add(3)
  expect(done).toEqual([1])
  await turn()
  expect(done).toEqual([1, 2, 3])
})

it('does not let many wait', () => {
  const done: unknown[] = []
  const { queue } = stand((item) => void done.push(item), 3)
  for (const item of [1, 2, 3, 4, 5]) queue.add(item)
  expect(done).toEqual([1, 2, 3, 4])
})

it('does the rest when one throws, and what one adds', async () => {
  const done: unknown[] = []
  const { queue } = stand((item) => {
    if (item === 'bad') throw new Error('bad')
    done.push(item)
    if (item === 'first') queue.add('more')
  }, 3)
  queue.add('alone')
  queue.add('first')
  queue.add('bad')
  expect(() => queue.add('last')).toThrow('bad')
  await turn()
  expect(done.toSorted()).toEqual(['alone', 'first', 'last', 'more'])
})
