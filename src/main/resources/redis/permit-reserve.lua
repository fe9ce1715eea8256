-- Gives a permit for one call: which account, and when.
-- KEYS    1 next · 2 limits · 3 parked · 4 day (start of the day counters' keys; they carry the same hash tag)
--         5 learned
-- ARGV    1 guard, ms · 2 horizon: how far from now a permit may lie, ms · 3 how long after 00:00 a new day is trusted, ms
--         4 regain, ms: see permit-rate
-- Result  {granted | refused | none | lost, account, wait in µs, the account's calls a second for now}
--         refused: the first free account is further away than the horizon; none: every account is suspended;
--         lost: the accounts are not, or not all, in Redis and must be configured again
-- Safe    An account's calls are spaced (1000 + guard) / rate ms apart by `next`, and the rate is per-second at the most, so at
--         most per-second of them start in any window of 1000 + guard ms, whoever asks. The call is counted, on the day its slot lies in, in the same step. An
--         account whose limits are not known gets no permit.

local DAY, ZONE = 86400000, 28800000 -- ms; the platform's days are those of GMT+8

local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local configured = redis.call('HLEN', KEYS[2])
if configured == 0 or redis.call('ZCARD', KEYS[1]) + redis.call('ZCARD', KEYS[3]) < configured then
  return {'lost', '', '0', '0'}
end

while true do
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  if #first == 0 then
    return {'none', '', '0', '0'}
  end
  local account, slot = first[1], math.max(now, tonumber(first[2]))
  local wait = string.format('%.0f', math.ceil((slot - now) * 1000))
  if slot > now + ARGV[2] then
    return {'refused', account, wait, '0'}
  end

  local limits = redis.call('HGET', KEYS[2], account)
  if not limits then
    redis.call('ZREM', KEYS[1], account)
  else
    local perSecond, perDay = string.match(limits, '^(%d+) (%d+)$')
    perSecond, perDay = tonumber(perSecond), tonumber(perDay)
    local day = KEYS[4] .. ':' .. math.floor((slot + ZONE) / DAY)
    local used = tonumber(redis.call('HGET', day, account) or 0)
    if perDay > 0 and used >= perDay then
      local reset = (math.floor((slot + ZONE - ARGV[3]) / DAY) + 1) * DAY - ZONE + ARGV[3]
      redis.call('ZADD', KEYS[1], reset, account)
    else
      local learned = redis.call('HGET', KEYS[5], account)
      local rate = rateNow(learned, perSecond, now, ARGV[4])
      if learned and rate == perSecond then
        redis.call('HDEL', KEYS[5], account)
      end
      local interval = rate > 0 and (1000 + ARGV[1]) / rate or 0
      redis.call('ZADD', KEYS[1], slot + interval, account)
      redis.call('HINCRBY', day, account, 1)
      if used == 0 then
        redis.call('PEXPIRE', day, 2 * DAY)
      end
      return {'granted', account, wait, string.format('%.4f', rate)}
    end
  end
end
