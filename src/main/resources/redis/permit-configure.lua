-- Makes the given accounts the ones that permits are given for.
-- KEYS    see permit-keys
-- ARGV    1 how long a newcomer waits before its first call, ms · 2 how much longer where a minute is limited, ms
--         3 how many accounts there are · then five for each: account, calls a second, a minute and a day (0: no limit), weight
--         then five for each limited API of an account: account, API, calls a second, a minute and a day
-- Result  {how many accounts are new here}
-- Safe    What is known of an account (its next free time, its calls of the minute and the day) is kept, so this may run on every node at
--         any time. A newcomer waits out the permits given earlier and the platform's window: it may be an account whose state
--         was lost while calls were under way. Newcomers are staggered over one interval, not to call in the same instant. One that was
--         removed leaves behind when its next call may start, and calls no sooner should it come back, whoever brings it.
--         Suspended accounts come back, and forbidden APIs are tried again. All others are removed wherever they are, also where only
--         their limits were lost: left behind, they would stand for accounts that are missing.

local now = clock()
local accounts = tonumber(ARGV[3])
local wanted, wantedOfApi = {}, {}
local added = 0

local function settled(perMinute)
  return now + ARGV[1] + (perMinute ~= '0' and ARGV[2] or 0)
end

local function remove(account, next, former)
  local free = redis.call('ZSCORE', next, account)
  if free then
    redis.call('ZADD', former, free, account)
    redis.call('ZREM', next, account)
  end
end

-- When an account that is new here may make its first call.
local function first(account, perMinute, former)
  return math.max(settled(perMinute), redis.call('ZSCORE', former, account) or 0)
end

redis.call('ZREMRANGEBYSCORE', FORMER, '-inf', now)
redis.call('DEL', WEIGHTS)
for i = 1, accounts do
  local account, perSecond, perMinute, perDay, weight = unpack(ARGV, 5 * i - 1, 5 * i + 3)
  wanted[account] = true
  redis.call('HSET', LIMITS, account, perSecond .. ' ' .. perMinute .. ' ' .. perDay)
  if weight ~= '1' then
    redis.call('HSET', WEIGHTS, account, weight)
  end
  local parked = redis.call('ZSCORE', PARKED, account)
  if parked then
    redis.call('ZADD', NEXT, 'NX', parked, account)
    redis.call('ZREM', PARKED, account)
    redis.call('HDEL', SUSPENDED, account)
  elseif not redis.call('ZSCORE', NEXT, account) then
    local interval = perSecond ~= '0' and 1000 / perSecond or 0
    redis.call('ZADD', NEXT, first(account, perMinute, FORMER) + interval * (i - 1) / accounts, account)
    added = added + 1
  end
end

for _, known in ipairs({
  redis.call('HKEYS', LIMITS),
  redis.call('ZRANGE', NEXT, 0, -1),
  redis.call('ZRANGE', PARKED, 0, -1)
}) do
  for _, account in ipairs(known) do
    if not wanted[account] then
      redis.call('HDEL', LIMITS, account)
      redis.call('HDEL', LEARNED, account)
      remove(account, NEXT, FORMER)
      remove(account, PARKED, FORMER)
      redis.call('HDEL', SUSPENDED, account)
    end
  end
end

dropQueues()
for _, api in ipairs(redis.call('SMEMBERS', APIS)) do
  redis.call('DEL', ofApi(LIMITS, api), ofApi(FORBIDDEN, api))
  redis.call('ZREMRANGEBYSCORE', ofApi(FORMER, api), '-inf', now)
  wantedOfApi[api] = {}
end
for i = 4 + 5 * accounts, #ARGV, 5 do
  local account, api, perSecond, perMinute, perDay = unpack(ARGV, i, i + 4)
  wantedOfApi[api] = wantedOfApi[api] or {}
  wantedOfApi[api][account] = true
  redis.call('SADD', APIS, api)
  redis.call('HSET', ofApi(LIMITS, api), account, perSecond .. ' ' .. perMinute .. ' ' .. perDay)
  redis.call('ZADD', ofApi(NEXT, api), 'NX', first(account, perMinute, ofApi(FORMER, api)), account)
end
for api, limited in pairs(wantedOfApi) do
  for _, account in ipairs(redis.call('ZRANGE', ofApi(NEXT, api), 0, -1)) do
    if not limited[account] then
      remove(account, ofApi(NEXT, api), ofApi(FORMER, api))
    end
  end
end
return {added}
