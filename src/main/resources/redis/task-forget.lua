-- Forgets how tasks ended; what is still to be done is kept.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    the item ids, at most a few thousand
-- Result  {how many were forgotten}
-- Safe    An id that was submitted again meanwhile is pending, and stays. One that is paused is only asked for when the ledger has no
--         open row of it any more. The ledger says how a task ended.

local ended = {succeeded = true, gone = true, dead = true, paused = true}
local forgotten = {}

for i, word in ipairs(redis.call('HMGET', KEYS[4], unpack(ARGV))) do
  if ended[word] then
    forgotten[#forgotten + 1] = ARGV[i]
  end
end

if #forgotten > 0 then
  redis.call('HDEL', KEYS[4], unpack(forgotten))
end
return {#forgotten}
