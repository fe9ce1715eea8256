-- Lengthens leases: each ends the given time from now.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 length of the lease from now, ms · then pairs: id, token
-- Result  {the positions, from 1, of the pairs whose lease is lost}
-- Safe    Only the holder of the current token is heard. A lease that ran out but was not yet swept is still its holder's:
--         nobody else can have claimed the task.

local t = redis.call('TIME')
local expires = t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[1]
local refused = {}

for i = 2, #ARGV, 2 do
  local id, token = ARGV[i], ARGV[i + 1]
  local lease = redis.call('HGET', KEYS[3], id)
  if lease and string.match(lease, '^%d+') == token then
    redis.call('ZADD', KEYS[2], 'XX', expires, id)
  else
    refused[#refused + 1] = i / 2
  end
end
return refused
