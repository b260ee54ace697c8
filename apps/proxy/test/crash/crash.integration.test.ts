import { expect, it } from 'vitest'
import { crashTest, findFaults } from './crash.ts'

it('killed and restarted with PostgreSQL and Redis, it has a row for every answered call, and sums that add up', async () => {
  const report = await crashTest({ answers: 1500, say: () => {} })
  expect(findFaults(report)).toEqual([])
  expect(report.outcome.answered.size).toBeGreaterThanOrEqual(1500)
}, 180_000)
