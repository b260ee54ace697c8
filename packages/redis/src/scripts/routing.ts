import { script } from './script.ts'

const timeLua = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
`

/**
 * A deployment rests: kept for replicas that start later, and told to those that listen.
 *
 * KEYS rests (by Redis's time at which they end). ARGV id, milliseconds, how many rests are kept at most, channel, message.
 */
export const restScript = script(timeLua, `
local ends = now + tonumber(ARGV[2])
local known = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]))
if not known or known < ends then redis.call('ZADD', KEYS[1], ends, ARGV[1]) end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[3]))
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
redis.call('PUBLISH', ARGV[4], ARGV[5])
`)

/** Who rests, and for how many milliseconds yet: id, milliseconds, id, ... KEYS rests. */
export const restsScript = script(timeLua, `
local left = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 2, #left, 2 do left[i] = tonumber(left[i]) - now end
return left
`)

/** Puts down what a replica used in a minute, and answers what all did: field, value, ... KEYS uses of the minute. ARGV milliseconds that they are kept, field, value, ... */
export const useScript = script(`
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('HGETALL', KEYS[1])
`)
