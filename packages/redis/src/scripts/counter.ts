import { WOBBLE } from '@tianjillm/limits'

/**
 * A counter is a hash: `s` start of its period (absent: what the ledger says is not known yet), `v` counted,
 * `h` held by calls in flight, `ps` and `pv` start and value of the neighbouring period, `soft` told already,
 * `l` when it was loaded (Redis's time), and `@replica:generation` each replica's part of `h`.
 *
 * `look` brings the counter to the period of `now`, as `Counter.turn` of the limits engine does; `keep` writes
 * what was counted. `purge` takes away what replicas held that are gone.
 */
export const counterLua = `
local function keep(key, c)
  redis.call('HSET', key, 's', c.s, 'v', c.v)
end

local function look(key, start, now)
  local f = redis.call('HMGET', key, 's', 'v', 'h', 'ps', 'pv')
  local c = { h = tonumber(f[3]) or 0 }
  if not f[1] then return c end
  c.s, c.v, c.ps, c.pv = tonumber(f[1]), tonumber(f[2]), tonumber(f[4]), tonumber(f[5])
  if start == c.s or (now < c.s and c.s - now <= ${WOBBLE}) then return c end
  local before, value = c.s, c.v
  if start == c.ps then
    c.v = value + c.pv
    c.pv = 0
  elseif start > before then
    c.pv = value
    c.v = 0
    redis.call('HDEL', key, 'soft')
  else
    c.pv = 0
  end
  c.ps = before
  c.s = start
  c.turned = true
  redis.call('HSET', key, 's', start, 'v', c.v, 'ps', before, 'pv', c.pv)
  return c
end

local function purge(key, prefix)
  local all = redis.call('HGETALL', key)
  local h = 0
  for i = 1, #all, 2 do
    local id, gen = string.match(all[i], '^@(.*):(%d+)$')
    if id then
      local live = redis.call('GET', prefix .. 'live:' .. id)
      if live and tonumber(gen) >= tonumber(live) then h = h + tonumber(all[i + 1]) else redis.call('HDEL', key, all[i]) end
    end
  end
  redis.call('HSET', key, 'h', h)
  return h
end

local function hold(key, part, by)
  local h = redis.call('HINCRBY', key, 'h', by)
  if redis.call('HINCRBY', key, part, by) <= 0 then redis.call('HDEL', key, part) end
  if h < 0 then redis.call('HSET', key, 'h', 0) end
  return h
end
`

/** Milliseconds that a minute's count is kept after its last change of period. */
const RATE_MS = 600_000
/** As long as nobody uses them, counts of calls in flight and budgets that the ledger can give again are kept for this. */
const PARALLEL_MS = 86_400_000
const BUDGET_MS = 35 * 86_400_000

export const lifetimes = `local RATE, PARALLEL, BUDGET = ${RATE_MS}, ${PARALLEL_MS}, ${BUDGET_MS}`
