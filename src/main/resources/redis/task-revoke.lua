-- Takes the leases away that ran out, of tasks whose node died, hung or lost its way to Redis, and tells which they were. Of nodes that
-- are known to be gone, also those that have not been extended for long.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 how many to look at, at most (up to 1,000) · 2 the nodes that are alive, between spaces · 3 the leases of the others are taken
--         when they end before this time, ms since 1970
-- Result  {id, token, id, token, …}
-- Safe    From here on the holder's token is refused everywhere, and nobody else has the task yet: in between, the ledger
--         learns to refuse that token too. Who stops half-way leaves the tasks here, revoked, for the next to go on. A node that is not on
--         the list because it came after the list was made holds no lease yet that ends so soon.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local ends = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', math.max(now, tonumber(ARGV[3])), 'WITHSCORES', 'LIMIT', 0, ARGV[1])
local revoked, answer = {}, {}

for i = 1, #ends, 2 do
  local id = ends[i]
  local revokedBefore, token, node, flow = string.match(redis.call('HGET', KEYS[3], id) or '0 -', '^(r?)(%d+) (%S+)(.*)$')
  if revokedBefore == 'r' or tonumber(ends[i + 1]) <= now or not string.find(ARGV[2], ' ' .. node .. ' ', 1, true) then
    local last = #answer
    revoked[last + 1], revoked[last + 2] = id, 'r' .. token .. ' ' .. node .. flow
    answer[last + 1], answer[last + 2] = id, token
  end
end
if #answer > 0 then
  redis.call('HSET', KEYS[3], unpack(revoked))
end
return answer
