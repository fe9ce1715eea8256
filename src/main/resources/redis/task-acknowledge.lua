-- Ends tasks: lease, attempts and deaths are forgotten, the end is kept as the status.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 the end: succeeded | gone | dead | paused · then pairs: id, token
-- Result  {the positions, from 1, of the pairs whose lease is lost}
-- Safe    Only the holder of the current token is heard, so a late worker changes nothing. An id submitted again meanwhile
--         (`again`) takes a turn instead of ending.

local refused, ended, again, status = {}, {}, {}, {}
local anyAgain = redis.call('SCARD', KEYS[7]) > 0

for i = 2, #ARGV, 2 do
  local id, token = ARGV[i], ARGV[i + 1]
  local lease = redis.call('HGET', KEYS[3], id)
  if lease and string.match(lease, '^%d+') == token then
    ended[#ended + 1] = id
    status[#status + 1] = id
    if anyAgain and redis.call('SREM', KEYS[7], id) == 1 then
      again[id] = flowOfLease(lease)
      status[#status + 1] = 'pending'
    else
      status[#status + 1] = ARGV[1]
    end
  else
    refused[#refused + 1] = i / 2
  end
end

if #ended > 0 then
  redis.call('ZREM', KEYS[2], unpack(ended))
  redis.call('HDEL', KEYS[3], unpack(ended))
  redis.call('HDEL', KEYS[5], unpack(ended))
  redis.call('HDEL', KEYS[8], unpack(ended))
  redis.call('HSET', KEYS[4], unpack(status))
end
if next(again) then
  local turns = openTurns(KEYS[1], KEYS[10])
  for id, flow in pairs(again) do
    redis.call('ZADD', KEYS[1], turns.take(flow), id)
  end
  turns.keep()
end
return refused
