-- Makes the tasks due again whose lease ran out: their node died, hung or lost its way to Redis.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again
-- ARGV    1 how many at most in this call
-- Result  {how many became due}
-- Safe    Removing the lease makes the old holder's token worthless. No attempt is counted: a dead node is not the item's
--         fault. The task will run after any submission made meanwhile: `again` is forgotten.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[1])

for _, id in ipairs(ids) do
  redis.call('ZREM', KEYS[2], id)
  redis.call('HDEL', KEYS[3], id)
  redis.call('SREM', KEYS[7], id)
  redis.call('ZADD', KEYS[1], now, id)
  local attempts = tonumber(redis.call('HGET', KEYS[5], id) or 0)
  redis.call('HSET', KEYS[4], id, attempts > 0 and 'failed' or 'pending')
end
return {#ids}
