-- Counts a shard's tasks; cheap at any size.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    none
-- Result  {due now, due later, leased}
-- Safe    Reads only, in one step: no task is counted twice or missed on its way from one place to another.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local ready = redis.call('ZCOUNT', KEYS[9], '-inf', '(' .. string.format('%.0f', math.floor(now / 100 + 1) * FLOWS))
return {redis.call('ZCARD', KEYS[1]) + ready, redis.call('ZCARD', KEYS[9]) - ready, redis.call('ZCARD', KEYS[2])}
