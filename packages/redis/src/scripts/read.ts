import { counterLua, lifetimes } from './counter.ts'
import { script } from './script.ts'

/**
 * Where rules stand.
 *
 * KEYS loads, then a counter for each rule. ARGV now, "1" when a ledger knows what was spent, prefix; then for
 * each rule kind and start of its period.
 * Answers `unknown`, loads, positions; or `ok` and start, value, held of each rule.
 */
export const readScript = script(counterLua, `
local now, ledger, prefix = tonumber(ARGV[1]), ARGV[2] == '1', ARGV[3]
local reply, unknown = {'ok'}, nil
for i = 1, #KEYS - 1 do
  local a = 4 + (i - 1) * 2
  local start = tonumber(ARGV[a + 1])
  local c = look(KEYS[i + 1], start, now)
  if not c.s and ARGV[a] == 'b' and ledger then
    unknown = unknown or {'unknown', redis.call('GET', KEYS[1]) or '0'}
    unknown[#unknown + 1] = i
  end
  if c.h > 0 then c.h = purge(KEYS[i + 1], prefix) end
  local at = 2 + (i - 1) * 3
  reply[at], reply[at + 1], reply[at + 2] = c.s or start, c.v or 0, c.h
end
return unknown or reply
`)

/**
 * Sets what the ledger says of a budget, unless somebody was quicker (`ok`), or a call that the ledger may not
 * have told of ended meanwhile, or may still be on its way into it (`again`).
 *
 * KEYS loads, counter, grace. ARGV loads as they were, start of the period, spent.
 */
export const loadScript = script(lifetimes, `
if redis.call('HEXISTS', KEYS[2], 's') == 1 then return 'ok' end
if (redis.call('GET', KEYS[1]) or '0') ~= ARGV[1] or redis.call('EXISTS', KEYS[3]) == 1 then return 'again' end
local time = redis.call('TIME')
redis.call('HSET', KEYS[2], 's', ARGV[2], 'v', ARGV[3], 'l', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
redis.call('PEXPIRE', KEYS[2], BUDGET)
return 'ok'
`)
