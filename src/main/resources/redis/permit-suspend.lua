-- Takes an account out of use, or back into it.
-- KEYS    see permit-keys
-- ARGV    1 account · 2 suspend | resume · 3 the reason, when suspending
-- Result  {1 if the account changed sides, else 0}
-- Safe    The account's next free time moves with it (`parked`), so that suspending and resuming never shortens a wait. An unknown
--         account stays unknown. Suspending twice keeps the later reason.

local from, to = NEXT, PARKED
if ARGV[2] == 'resume' then
  from, to = to, from
end

local score = redis.call('ZSCORE', from, ARGV[1])
if score then
  redis.call('ZREM', from, ARGV[1])
  redis.call('ZADD', to, score, ARGV[1])
  dropQueues()
end
if ARGV[2] == 'resume' then
  redis.call('HDEL', SUSPENDED, ARGV[1])
elseif redis.call('ZSCORE', PARKED, ARGV[1]) then
  redis.call('HSET', SUSPENDED, ARGV[1], ARGV[3])
end
return {score and 1 or 0}
