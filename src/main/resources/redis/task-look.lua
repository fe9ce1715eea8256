-- Says where one task stands.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 the item id
-- Result  {now in ms, status, how many are due before it, due later at in ms, leased until in ms, token, node and flow of the lease,
--         attempts, 1 if submitted again, nodes that died of it}; what is not there is an empty text
-- Safe    Reads only, in one step: a task on its way from one place to another is seen in one of them.

local t = redis.call('TIME')
local id = ARGV[1]
local later = redis.call('ZSCORE', KEYS[9], id)
return {
  string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000)),
  redis.call('HGET', KEYS[4], id) or '',
  redis.call('ZRANK', KEYS[1], id) or '',
  later and string.format('%.0f', math.floor(later / FLOWS) * 100) or '',
  redis.call('ZSCORE', KEYS[2], id) or '',
  redis.call('HGET', KEYS[3], id) or '',
  redis.call('HGET', KEYS[5], id) or '',
  redis.call('SISMEMBER', KEYS[7], id),
  redis.call('HGET', KEYS[8], id) or ''
}
