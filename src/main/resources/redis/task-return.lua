-- Puts leased tasks back, at once or after a delay.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 failed (each counts an attempt, and takes another turn of its job) | refused (another turn) | unused (no call was made: each
--         keeps its turn, and is served before all others) · then triples: id, token, delay in ms
-- Result  {the positions, from 1, of the triples whose lease is lost}
-- Safe    Only the holder of the current token is heard. The task will run after any submission made meanwhile, which
--         answers it: `again` is forgotten.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local turns = openTurns(KEYS[1], KEYS[10])
local refused = {}
local keepsTurn = ARGV[1] == 'unused'

for i = 2, #ARGV, 3 do
  local id, token, delay = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local lease = redis.call('HGET', KEYS[3], id)
  if lease and string.match(lease, '^%d+') == token then
    redis.call('ZREM', KEYS[2], id)
    redis.call('HDEL', KEYS[3], id)
    redis.call('SREM', KEYS[7], id)
    local flow = flowOfLease(lease)
    if tonumber(delay) > 0 then
      redis.call('ZADD', KEYS[9], laterScore(now + delay, flow, keepsTurn), id)
    else
      redis.call('ZADD', KEYS[1], keepsTurn and turns.first(flow) or turns.take(flow), id)
    end
    local attempts
    if ARGV[1] == 'failed' then
      attempts = redis.call('HINCRBY', KEYS[5], id, 1)
    else
      attempts = tonumber(redis.call('HGET', KEYS[5], id) or 0)
    end
    redis.call('HSET', KEYS[4], id, attempts > 0 and 'failed' or 'pending')
  else
    refused[#refused + 1] = (i + 1) / 3
  end
end

turns.keep()
return refused
