-- Says that a node is alive, and tells which are.
-- KEYS    1 nodes
-- ARGV    1 the node's name · 2 for how long this counts, ms; 0 takes the node off the list
-- Result  {the time, µs since 1970, ms since this node's last heartbeat, -1 if there is none, name, name, … of the nodes that are alive}
-- Safe    Only Redis's clock counts. A node that was not heard of in time is off the list until it speaks again.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local before = redis.call('ZSCORE', KEYS[1], ARGV[1])

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if ARGV[2] == '0' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
end
local alive = redis.call('ZRANGE', KEYS[1], 0, -1)
table.insert(alive, 1, before and string.format('%.0f', now - before + ARGV[2]) or '-1')
table.insert(alive, 1, string.format('%.0f', t[1] * 1000000 + t[2]))
return alive
