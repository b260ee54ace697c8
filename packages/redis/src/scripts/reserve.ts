import { counterLua, lifetimes } from './counter.ts'
import { script } from './script.ts'

/**
 * Checks all rules of a call and counts it in, in one step.
 *
 * KEYS live key of the replica, loads, grace, then a counter for each rule.
 * ARGV replica, generation, now, "1" when a ledger knows what was spent, prefix; then for each rule kind
 * (b budget, p in flight, r rate), start of its period, limit, amount.
 * Answers `lost`; `closed`; `unknown`, loads, positions of rules to load; `no`, position, start, value, held;
 * or `ok` and start, value, held of each rule.
 */
export const reserveScript = script(counterLua, lifetimes, `
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return {'lost'} end
local now, ledger, prefix = tonumber(ARGV[3]), ARGV[4] == '1', ARGV[5]
local part = '@' .. ARGV[1] .. ':' .. ARGV[2]
local n = #KEYS - 3
local found, unknown = {}, nil
for i = 1, n do
  local a = 6 + (i - 1) * 4
  local kind, start = ARGV[a], tonumber(ARGV[a + 1])
  local c = look(KEYS[i + 3], start, now)
  if not c.s and kind ~= 'p' then
    if kind == 'b' and ledger then
      unknown = unknown or {'unknown', redis.call('GET', KEYS[2]) or '0'}
      unknown[#unknown + 1] = i
    else
      c.s, c.v, c.new = start, 0, true
    end
  end
  found[i] = c
end
if unknown then
  if redis.call('EXISTS', KEYS[3]) == 1 then return {'closed'} end
  return unknown
end
for i = 1, n do
  local a = 6 + (i - 1) * 4
  local c, kind, limit, amount, key = found[i], ARGV[a], tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3]), KEYS[i + 3]
  local function fits()
    if kind == 'b' then return c.v < limit and c.v + c.h + amount <= limit end
    if kind == 'p' then return c.h + 1 <= limit end
    return c.v + amount <= limit
  end
  if not fits() then
    if kind ~= 'r' and c.h > 0 then c.h = purge(key, prefix) end
    if not fits() then return {'no', i, c.s or 0, c.v or 0, c.h} end
  end
end
local reply = {'ok'}
for i = 1, n do
  local a = 6 + (i - 1) * 4
  local c, kind, amount, key = found[i], ARGV[a], tonumber(ARGV[a + 3]), KEYS[i + 3]
  if kind == 'r' then
    c.v = c.v + amount
    keep(key, c)
    if c.new or c.turned then redis.call('PEXPIRE', key, RATE) end
  else
    if c.new then keep(key, c) end
    if kind == 'p' then
      amount = 1
      redis.call('PEXPIRE', key, PARALLEL)
    end
    if amount ~= 0 then c.h = hold(key, part, amount) end
  end
  local at = 2 + (i - 1) * 3
  reply[at], reply[at + 1], reply[at + 2] = c.s or 0, c.v or 0, c.h
end
return reply
`)
