-- Makes the given accounts the ones that permits are given for.
-- KEYS    1 next · 2 limits · 3 parked · 4 suspended
-- ARGV    1 how long a newcomer waits before its first call, ms · then triples: account, per second, per day (0: no limit)
-- Result  {how many accounts are new here}
-- Safe    What is known of an account (its next free time, its calls of the day) is kept, so this may run on every node at any
--         time. A newcomer waits out the permits given earlier and the platform's window: it may be an account whose state
--         was lost while calls were under way. Newcomers are staggered over one interval, not to call in the same instant.
--         Suspended accounts come back. All others are removed wherever they are, also where only their limits were lost:
--         left behind, they would stand for accounts that are missing.

local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local accounts = (#ARGV - 1) / 3
local wanted = {}
local added = 0

for i = 1, accounts do
  local account, perSecond, perDay = ARGV[3 * i - 1], ARGV[3 * i], ARGV[3 * i + 1]
  wanted[account] = true
  redis.call('HSET', KEYS[2], account, perSecond .. ' ' .. perDay)
  local parked = redis.call('ZSCORE', KEYS[3], account)
  if parked then
    redis.call('ZADD', KEYS[1], 'NX', parked, account)
    redis.call('ZREM', KEYS[3], account)
    redis.call('HDEL', KEYS[4], account)
  elseif not redis.call('ZSCORE', KEYS[1], account) then
    local interval = perSecond ~= '0' and 1000 / perSecond or 0
    redis.call('ZADD', KEYS[1], now + ARGV[1] + interval * (i - 1) / accounts, account)
    added = added + 1
  end
end

for _, known in ipairs({
  redis.call('HKEYS', KEYS[2]),
  redis.call('ZRANGE', KEYS[1], 0, -1),
  redis.call('ZRANGE', KEYS[3], 0, -1)
}) do
  for _, account in ipairs(known) do
    if not wanted[account] then
      redis.call('HDEL', KEYS[2], account)
      redis.call('ZREM', KEYS[1], account)
      redis.call('ZREM', KEYS[3], account)
      redis.call('HDEL', KEYS[4], account)
    end
  end
end
return {added}
