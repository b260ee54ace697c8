import { counterLua, lifetimes } from './counter.ts'
import { script } from './script.ts'

/**
 * Ends reservations, many at once. A replica's batches are numbered and applied in order, so that one whose
 * answer was lost can be sent again.
 *
 * KEYS live key and record of the replica, loads, then a counter for each part.
 * ARGV replica, generation, number of the batch, now, "1" when a ledger knows what was spent, milliseconds
 * that a settled call may take into the ledger; then for each part kind (b budget, p in flight, t tokens), start
 * of its period, amount, held to give back, start of the period reserved in, estimate, soft limit or "",
 * milliseconds since the call ended, "1" when it is in the ledger for certain.
 * Answers `lost`, `gap`, or `ok` with two lists: soft budgets reached (position of the part, spent), and parts
 * whose budget is not loaded, for which nothing was done.
 */
export const settleScript = script(counterLua, lifetimes, `
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return {'lost'} end
local number = tonumber(ARGV[3])
if (tonumber(redis.call('HGET', KEYS[2], 'q')) or 0) + 1 ~= number then return {'gap'} end
redis.call('HSET', KEYS[2], 'q', number)
local now, ledger, lag = tonumber(ARGV[4]), ARGV[5] == '1', tonumber(ARGV[6])
local part = '@' .. ARGV[1] .. ':' .. ARGV[2]
local time = redis.call('TIME')
time = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local crossed, unloaded = {}, {}
for i = 1, #KEYS - 3 do
  local a = 7 + (i - 1) * 9
  local key, kind, start, amount, release = KEYS[i + 3], ARGV[a], tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
  if kind == 'p' then
    if release ~= 0 and hold(key, part, -release) <= 0 then redis.call('DEL', key) end
  elseif kind == 't' then
    local c = look(key, start, now)
    if c.s == tonumber(ARGV[a + 4]) then
      c.v = math.max(0, c.v + amount - tonumber(ARGV[a + 5]))
      keep(key, c)
    end
  else
    local c = look(key, start, now)
    local certain = ARGV[a + 8] == '1'
    if not c.s and ledger and not certain then
      unloaded[#unloaded + 1] = i
    else
      if release ~= 0 then hold(key, part, -release) end
      if not c.s and ledger then
        -- It is in the ledger: whoever asked before that asks again.
        redis.call('INCR', KEYS[3])
      else
        if not c.s then c.s, c.v = start, 0 end
        local loaded = tonumber(redis.call('HGET', key, 'l'))
        -- What ended well before the ledger was asked is in its answer.
        if not (loaded and tonumber(ARGV[a + 7]) - lag > time - loaded) then
          -- A call belongs to the period that admitted it.
          local admitted = tonumber(ARGV[a + 4])
          if admitted >= c.s then c.v = c.v + amount elseif admitted == c.ps then redis.call('HINCRBY', key, 'pv', amount) end
        end
        keep(key, c)
        if ledger then redis.call('PEXPIRE', key, BUDGET) end
        local soft = tonumber(ARGV[a + 6])
        if soft and c.v >= soft and redis.call('HSETNX', key, 'soft', 1) == 1 then
          crossed[#crossed + 1] = i
          crossed[#crossed + 1] = c.v
        end
      end
    end
  end
end
redis.call('HSET', KEYS[2], 'c', cjson.encode(crossed))
return {'ok', crossed, unloaded}
`)
