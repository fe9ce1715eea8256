-- Tells how every account stands, for metrics and the console.
-- KEYS    1 next · 2 limits · 3 parked · 4 suspended · 5 day (start of the day counters' keys; they carry the same hash tag)
--         6 limits · 7 learned
-- ARGV    1 regain, ms: see permit-rate
-- Result  {account, µs until it is free, calls today, `suspended` or `usable`, reason, calls a second for now, account, …}
-- Safe    Reads only, in one step.

local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local day = KEYS[5] .. ':' .. math.floor((t[1] + 28800) / 86400)
local state = {}

for key, side in pairs({[KEYS[1]] = 'usable', [KEYS[3]] = 'suspended'}) do
  local accounts = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  for i = 1, #accounts, 2 do
    local account, free = accounts[i], math.max(0, tonumber(accounts[i + 1]) - now)
    state[#state + 1] = account
    state[#state + 1] = string.format('%.0f', math.ceil(free * 1000))
    state[#state + 1] = redis.call('HGET', day, account) or '0'
    state[#state + 1] = side
    state[#state + 1] = redis.call('HGET', KEYS[4], account) or ''
    local perSecond = tonumber(string.match(redis.call('HGET', KEYS[6], account) or '', '^(%d+) ') or 0)
    state[#state + 1] = string.format('%.4f', rateNow(redis.call('HGET', KEYS[7], account), perSecond, now, ARGV[1]))
  end
end
return state
