-- Lets an account rest: no call of it starts before the given time.
-- KEYS    1 next · 2 limits · 3 parked
-- ARGV    1 account · 2 how long, ms, or `day`: to the next day reset · 3 how long after 00:00 a new day is trusted, ms
-- Result  {}
-- Safe    Only ever moves an account's next call later; a suspended account keeps its rest. An unknown account stays unknown.

local DAY, ZONE = 86400000, 28800000 -- ms; the platform's days are those of GMT+8

local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local wake
if ARGV[2] == 'day' then
  wake = (math.floor((now + ZONE - ARGV[3]) / DAY) + 1) * DAY - ZONE + ARGV[3]
else
  wake = now + ARGV[2]
end

for _, key in ipairs({KEYS[1], KEYS[3]}) do
  local score = redis.call('ZSCORE', key, ARGV[1])
  if score and tonumber(score) < wake then
    redis.call('ZADD', key, 'XX', wake, ARGV[1])
  end
end
return {}
