-- Drops tasks that are due although they ended: they are forgotten, the end is kept as the status.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 the end: succeeded | gone | dead · then the item ids, at most a few thousand
-- Result  {how many were due}
-- Safe    Only what is due, now or later, is dropped. A task that was claimed meanwhile is its holder's, who asks the ledger
--         before it calls; and an end that the holder gave it is not written over.

local dropped, status = {}, {}

for i = 2, #ARGV do
  local id = ARGV[i]
  if redis.call('ZREM', KEYS[1], id) == 1 or redis.call('ZREM', KEYS[9], id) == 1 then
    dropped[#dropped + 1] = id
    status[#status + 1] = id
    status[#status + 1] = ARGV[1]
  end
end

if #dropped > 0 then
  redis.call('HDEL', KEYS[5], unpack(dropped))
  redis.call('HDEL', KEYS[8], unpack(dropped))
  redis.call('HSET', KEYS[4], unpack(status))
end
return {#dropped}
