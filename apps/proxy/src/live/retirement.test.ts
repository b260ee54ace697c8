import type { Deployment } from '@tianjillm/gateway'
import { createFakeClock } from '@tianjillm/test-kit'
import { expect, it } from 'vitest'
import { createRetirement } from './retirement.ts'

const deployment = (close: () => void): Deployment => ({
  id: 'd', modelName: 'm', model: 'm', providerName: 'p', provider: { adapters: {}, close }, trust: 'checked', timeouts: { total: 1000 }, streamTimeouts: { total: 5000 }, dropParams: false,
})

it('a provider is closed once its longest call is over, or when all ends', async () => {
  const clock = createFakeClock()
  const closed: string[] = []
  const retirement = createRetirement(clock)
  retirement.retire(deployment(() => closed.push('first')))
  await clock.advanceAsync(64_000)
  expect(closed).toEqual([])
  await clock.advanceAsync(1000)
  expect(closed).toEqual(['first'])
  retirement.retire(deployment(() => closed.push('second')))
  await retirement.close()
  expect(closed).toEqual(['first', 'second'])
  expect(clock.pending()).toBe(0)
})
