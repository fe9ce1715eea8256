-- Adds ids to a shard's queue; adding one twice is the same as adding it once.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths
-- ARGV    1 what of an id that is leased: again (it was submitted anew) | leave (it is only made sure of) · then the item ids,
--         at most a few thousand
-- Result  {how many ids are newly due}
-- Safe    An id that is due, now or later, stays where it is (ZADD NX). A leased id is not queued a second time; submitted anew,
--         it is noted in `again`, so that what its holder started before is not taken for the answer.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local anyLeased = redis.call('ZCARD', KEYS[2]) > 0
local added, status = {}, {}

for i = 2, #ARGV do
  local id = ARGV[i]
  if anyLeased and redis.call('ZSCORE', KEYS[2], id) then
    if ARGV[1] == 'again' then
      redis.call('SADD', KEYS[7], id)
    end
  elseif redis.call('ZADD', KEYS[1], 'NX', now, id) == 1 then
    added[#added + 1] = id
    status[#status + 1] = id
    status[#status + 1] = 'pending'
  end
end

if #added > 0 then
  redis.call('HSET', KEYS[4], unpack(status))
  redis.call('HDEL', KEYS[5], unpack(added))
  redis.call('HDEL', KEYS[8], unpack(added))
end
return {#added}
