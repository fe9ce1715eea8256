-- Takes an account out of use, or back into it.
-- KEYS    1 next · 2 limits · 3 parked · 4 suspended
-- ARGV    1 account · 2 suspend | resume · 3 the reason, when suspending
-- Result  {1 if the account changed sides, else 0}
-- Safe    The account's next free time moves with it (`parked`), so that suspending and resuming never shortens a wait. An unknown
--         account stays unknown. Suspending twice keeps the later reason.

local from, to = KEYS[1], KEYS[3]
if ARGV[2] == 'resume' then
  from, to = to, from
end

local score = redis.call('ZSCORE', from, ARGV[1])
if score then
  redis.call('ZREM', from, ARGV[1])
  redis.call('ZADD', to, score, ARGV[1])
end
if ARGV[2] == 'resume' then
  redis.call('HDEL', KEYS[4], ARGV[1])
elseif redis.call('ZSCORE', KEYS[3], ARGV[1]) then
  redis.call('HSET', KEYS[4], ARGV[1], ARGV[3])
end
return {score and 1 or 0}
