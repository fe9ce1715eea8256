-- Tells which ids a shard's queue does not have.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    the item ids, at most a few thousand
-- Result  {those that are neither due, now or later, nor leased}
-- Safe    Reads only, in one step: a task on its way from one place to the other is not missed.

local absent = {}

for _, id in ipairs(ARGV) do
  if not redis.call('ZSCORE', KEYS[1], id) and not redis.call('ZSCORE', KEYS[2], id) and not redis.call('ZSCORE', KEYS[9], id) then
    absent[#absent + 1] = id
  end
end
return absent
