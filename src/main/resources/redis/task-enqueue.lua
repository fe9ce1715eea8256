-- Adds ids of a job to a shard's queue; adding one twice is the same as adding it once.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 again (they are submitted anew) | leave (they are only made sure of) | move (the job's weight is another now)
--         2 the job's flow · then the item ids, at most a few thousand
-- Result  {how many ids are newly due}
-- Safe    An id is in one place: one that is due, due later or leased stays there. It goes with the more urgent of the jobs that
--         want it, that is, with the flow that gives it the earlier turn; `move` gives it to this one in any case. A leased id that
--         is submitted anew is noted in `again`, so that what its holder started before is not taken for the answer.

local how, flow = ARGV[1], tonumber(ARGV[2])
local anyLeased, anyLater = redis.call('ZCARD', KEYS[2]) > 0, redis.call('ZCARD', KEYS[9]) > 0
local turns = openTurns(KEYS[1], KEYS[10])
local added, status = {}, {}

local function goesWith(other)
  return how == 'move' or turns.score(flow) < turns.score(other)
end

for i = 3, #ARGV do
  local id = ARGV[i]
  local lease = anyLeased and redis.call('HGET', KEYS[3], id)
  local waits = anyLater and redis.call('ZSCORE', KEYS[9], id)
  if lease then
    if how == 'again' then
      redis.call('SADD', KEYS[7], id)
    end
    local holder = string.match(lease, '^(.*) %d+$')
    if holder and goesWith(flowOfLease(lease)) then
      redis.call('HSET', KEYS[3], id, holder .. ' ' .. flow)
    end
  elseif waits then
    local other = flowOfLater(waits)
    if goesWith(other) then
      redis.call('ZADD', KEYS[9], waits - other + flow, id)
    end
  elseif redis.call('ZADD', KEYS[1], 'NX', turns.score(flow), id) == 1 then
    turns.take(flow)
    added[#added + 1] = id
    status[#status + 1] = id
    status[#status + 1] = 'pending'
  elseif redis.call('ZADD', KEYS[1], how == 'move' and 'XX' or 'LT', 'CH', turns.score(flow), id) == 1 then
    turns.take(flow)
  end
end

turns.keep()
if #added > 0 then
  redis.call('HSET', KEYS[4], unpack(status))
  redis.call('HDEL', KEYS[5], unpack(added))
  redis.call('HDEL', KEYS[8], unpack(added))
end
return {#added}
