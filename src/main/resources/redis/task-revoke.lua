-- Takes the leases away that ran out, of tasks whose node died, hung or lost its way to Redis, and tells which they were.
-- KEYS    1 due · 2 leased · 3 lease · 4 status · 5 attempts · 6 token · 7 again · 8 deaths · 9 later · 10 turns
-- ARGV    1 how many at most (up to 1,000)
-- Result  {id, token, id, token, …}
-- Safe    From here on the holder's token is refused everywhere, and nobody else has the task yet: in between, the ledger
--         learns to refuse that token too. Who stops half-way leaves the tasks here, still expired, for the next to go on.

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[1])
if #ids == 0 then
  return {}
end

local leases = redis.call('HMGET', KEYS[3], unpack(ids))
local revoked, answer = {}, {}
for i, id in ipairs(ids) do
  local token, rest = string.match(leases[i] or '0 -', '^r?(%d+) (.*)$')
  revoked[2 * i - 1], revoked[2 * i] = id, 'r' .. token .. ' ' .. rest
  answer[2 * i - 1], answer[2 * i] = id, token
end
redis.call('HSET', KEYS[3], unpack(revoked))
return answer
