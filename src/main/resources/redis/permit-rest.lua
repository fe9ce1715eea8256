-- Lets an account rest: no call of it starts before the given time.
-- KEYS    see permit-keys
-- ARGV    1 account · 2 how long, ms, or `day`: to the next day reset · 3 how long after 00:00 a new day is trusted, ms
-- Result  {}
-- Safe    Only ever moves an account's next call later; a suspended account keeps its rest. An unknown account stays unknown.

local now = clock()
local wake = ARGV[2] == 'day' and dayReset(now, ARGV[3]) or now + ARGV[2]

for _, key in ipairs({NEXT, PARKED}) do
  local score = redis.call('ZSCORE', key, ARGV[1])
  if score and tonumber(score) < wake then
    redis.call('ZADD', key, 'XX', wake, ARGV[1])
  end
end
return {}
