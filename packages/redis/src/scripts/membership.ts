import { counterLua, lifetimes } from './counter.ts'
import { script } from './script.ts'

/**
 * A replica joins, at its start and whenever its connection was away. What it held under earlier generations
 * counts until {@link liveScript}.
 *
 * KEYS epoch, grace, record of the replica. ARGV epoch that it knew or "", a new epoch's name, grace in
 * milliseconds, number of the last batch that it knows to be applied.
 * Answers epoch, generation, number of the last batch applied, soft budgets told by it, Redis's time, and
 * whether Redis forgot what it knew.
 */
export const joinScript = script(`
local time = redis.call('TIME')
local ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local epoch = redis.call('HGET', KEYS[1], 'name')
if not epoch then
  epoch = ARGV[2]
  redis.call('HSET', KEYS[1], 'name', epoch, 'born', ms)
end
local forgot = ARGV[1] ~= '' and ARGV[1] ~= epoch
if forgot and ms - tonumber(redis.call('HGET', KEYS[1], 'born')) < tonumber(ARGV[3]) then
  redis.call('SET', KEYS[2], '1', 'PX', ARGV[3])
end
redis.call('HSETNX', KEYS[3], 'q', ARGV[4])
local generation = math.max(ms, (tonumber(redis.call('HGET', KEYS[3], 'g')) or 0) + 1)
redis.call('HSET', KEYS[3], 'g', generation)
redis.call('PEXPIRE', KEYS[3], 86400000)
return {epoch, generation, tonumber(redis.call('HGET', KEYS[3], 'q')), redis.call('HGET', KEYS[3], 'c') or '', ms, forgot and 1 or 0}
`)

/** Counts what a replica holds, under a new generation. KEYS counters. ARGV replica, generation; amount for each; kinds for each (`b` only where a ledger can give the budget again). */
export const holdScript = script(counterLua, lifetimes, `
local part = '@' .. ARGV[1] .. ':' .. ARGV[2]
for i = 1, #KEYS do
  hold(KEYS[i], part, ARGV[2 + i])
  local kind = ARGV[2 + #KEYS + i]
  if kind == 'p' then redis.call('PEXPIRE', KEYS[i], PARALLEL) elseif kind == 'b' then redis.call('PEXPIRE', KEYS[i], BUDGET) end
end
`)

/** From now on the generation is the replica's. KEYS live key. ARGV generation, milliseconds that it lives without a beat. */
export const liveScript = script(`
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
`)

/** The replica lives. KEYS live key, record. ARGV generation, milliseconds. Answers Redis's time, or nothing when it was given up. */
export const beatScript = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], 86400000)
local time = redis.call('TIME')
return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
`)
