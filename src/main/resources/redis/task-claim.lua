-- Moves the tasks of a shard that are due to `leased`, in the order of their turns, each under a fencing token of its own.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 how many at most (up to 1,000) · 2 length of the lease, ms · 3 name of the claiming node
-- Result  {id, token, attempts, deaths, id, token, attempts, deaths, …}
-- Safe    One script is one step: no two claims see the same id as due. A token is greater than every token given before,
--         also after Redis lost its data or fell back to an older copy, because the counter never runs behind the clock (µs).
--         What waited for its time takes a turn now, unless it kept one, as many as are claimed: none can have waited that was not
--         claimed before.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)

local ready = redis.call('ZRANGEBYSCORE', KEYS[9], '-inf', '(' .. string.format('%.0f', math.floor(now / 100 + 1) * FLOWS),
                         'WITHSCORES', 'LIMIT', 0, ARGV[1])
if #ready > 0 then
  local turns = openTurns(KEYS[1], KEYS[10])
  local due, waited = {}, {}
  for i = 1, #ready, 2 do
    local flow, keepsTurn = flowOfLater(ready[i + 1])
    waited[#waited + 1] = ready[i]
    due[i], due[i + 1] = keepsTurn and turns.first(flow) or turns.take(flow), ready[i]
  end
  redis.call('ZREM', KEYS[9], unpack(waited))
  redis.call('ZADD', KEYS[1], unpack(due))
  turns.keep()
end

local taken = redis.call('ZPOPMIN', KEYS[1], ARGV[1])
if #taken == 0 then
  return {}
end
local ids = {}
for i = 1, #taken, 2 do
  ids[#ids + 1] = taken[i]
end

local token = math.max(tonumber(redis.call('GET', KEYS[6]) or 0), t[1] * 1000000 + t[2])
local attempts = redis.call('HMGET', KEYS[5], unpack(ids))
local deaths = redis.call('HMGET', KEYS[8], unpack(ids))
local expires = now + ARGV[2]
local leased, lease, status, claimed = {}, {}, {}, {}

for i, id in ipairs(ids) do
  token = token + 1
  local text = string.format('%.0f', token)
  leased[2 * i - 1], leased[2 * i] = expires, id
  lease[2 * i - 1], lease[2 * i] = id, text .. ' ' .. ARGV[3] .. ' ' .. taken[2 * i] % FLOWS
  status[2 * i - 1], status[2 * i] = id, 'running'
  claimed[4 * i - 3], claimed[4 * i - 2], claimed[4 * i - 1], claimed[4 * i] = id, text, attempts[i] or '0', deaths[i] or '0'
end

redis.call('SET', KEYS[6], string.format('%.0f', token))
redis.call('ZADD', KEYS[2], unpack(leased))
redis.call('HSET', KEYS[3], unpack(lease))
redis.call('HSET', KEYS[4], unpack(status))
return claimed
