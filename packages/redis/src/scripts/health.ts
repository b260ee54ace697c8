import { script } from './script.ts'

/** Takes the lead, or keeps it. KEYS leader. ARGV replica, milliseconds. Answers 1 for the leader. */
export const leadScript = script(`
local leader = redis.call('GET', KEYS[1])
if leader and leader ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`)

/** KEYS findings. ARGV findings, milliseconds that they are kept. */
export const tellScript = script(`redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])`)

/** KEYS findings. */
export const hearScript = script(`return redis.call('GET', KEYS[1])`)
