import { script } from './script.ts'

/**
 * Forgets what budgets have counted, so that the ledger is asked again; what calls in flight hold stays. For a moment
 * nobody asks, so that what every replica has settled is in the ledger.
 *
 * KEYS loads, grace, then counters. ARGV milliseconds of the grace.
 */
export const recountScript = script(`
redis.call('INCR', KEYS[1])
redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
for i = 3, #KEYS do redis.call('HDEL', KEYS[i], 's', 'v', 'ps', 'pv', 'l') end
`)
