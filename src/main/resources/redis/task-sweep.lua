-- Makes the tasks due again whose lease was revoked.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 the nodes that are alive, between spaces, or `unknown` · then pairs: id, token, as task-revoke told them
-- Result  {how many became due}
-- Safe    A task that somebody else swept meanwhile is left alone. No attempt is counted: a dead node is not the item's fault.
--         Its death is: of a task that kills its nodes there should be no third. A holder that is alive, only slow, did not
--         die. The task had its turn, and is served before all others. It will run after any submission made meanwhile: `again`
--         is forgotten.

local turns = openTurns(KEYS[1], KEYS[10])
local swept = 0

for i = 2, #ARGV, 2 do
  local id, token = ARGV[i], ARGV[i + 1]
  local lease = redis.call('HGET', KEYS[3], id) or ''
  local revoked, node = string.match(lease, '^r(%d+) (%S+)')
  if revoked == token then
    redis.call('ZREM', KEYS[2], id)
    redis.call('HDEL', KEYS[3], id)
    redis.call('SREM', KEYS[7], id)
    redis.call('ZADD', KEYS[1], turns.first(flowOfLease(lease)), id)
    if ARGV[1] ~= 'unknown' and not string.find(ARGV[1], ' ' .. node .. ' ', 1, true) then
      redis.call('HINCRBY', KEYS[8], id, 1)
    end
    local attempts = tonumber(redis.call('HGET', KEYS[5], id) or 0)
    redis.call('HSET', KEYS[4], id, attempts > 0 and 'failed' or 'pending')
    swept = swept + 1
  end
end
return {swept}
