-- Halves an account's rate, because the platform refused a call of it for being too fast.
-- KEYS    see permit-keys
-- ARGV    1 account · 2 how long a cut counts for all refusals of calls under way, ms · 3 regain, ms
--         4 calls a second that an account without a limit a second is taken to have been refused at, if it made more
-- Result  {calls a second from now on; 0 if the account is not known}
-- Safe    Only ever lowers the rate. Refusals of calls that left before the last cut could work do not cut again. A second
--         refusal below the old ceiling lowers the ceiling too: what was allowed then no longer is.

local SLOWEST = 0.1

local now = clock()
local perSecond = tonumber(string.match(redis.call('HGET', LIMITS, ARGV[1]) or '', '^(%d+) ') or -1)
if perSecond < 0 then
  return {'0'}
end

local learned = redis.call('HGET', LEARNED, ARGV[1])
local cut, ceiling, at = string.match(learned or '', '^(%S+) (%S+) (%S+)$')
local rate = rateNow(learned, perSecond, now, ARGV[3])
if perSecond == 0 then
  rate = math.min(learned and rate or math.huge, tonumber(ARGV[4]))
end
if not at or now - at >= tonumber(ARGV[2]) then
  ceiling = (ceiling and rate < tonumber(ceiling)) and rate * 0.75 or rate
  rate = math.max(SLOWEST, rate / 2)
  ceiling = math.max(ceiling, rate)
  redis.call('HSET', LEARNED, ARGV[1], string.format('%.4f %.4f %.0f', rate, ceiling, now))
end
return {string.format('%.4f', rate)}
