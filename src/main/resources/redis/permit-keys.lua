-- Put in front of the permit scripts: their keys, and the platform's days. docs/redis-keys.md says what each key holds.
-- KEYS    1 what all keys begin with: `<prefix>:{limits}:`. They share its hash tag, and so lie on one node of a Redis Cluster

local NEXT, LIMITS, PARKED, SUSPENDED = KEYS[1] .. 'next', KEYS[1] .. 'limits', KEYS[1] .. 'parked', KEYS[1] .. 'suspended'
local LEARNED, WEIGHTS, APIS = KEYS[1] .. 'learned', KEYS[1] .. 'weights', KEYS[1] .. 'apis'
local FORBIDDEN, QUEUE, FORMER = KEYS[1] .. 'forbidden', KEYS[1] .. 'queue', KEYS[1] .. 'former'
local DAY, ZONE = 86400000, 28800000 -- ms; the platform's days are those of GMT+8

local function ofApi(key, api)
  return key .. ':' .. api
end

local function dayOf(time)
  return KEYS[1] .. 'day:' .. math.floor((time + ZONE) / DAY)
end

-- The first moment after the given one at which a new day is trusted; margin: how long after 00:00, ms.
local function dayReset(time, margin)
  return (math.floor((time + ZONE - margin) / DAY) + 1) * DAY - ZONE + margin
end

local function minuteOf(account)
  return KEYS[1] .. 'minute:' .. account
end

-- The queues stand for the sets of accounts that they were made from; the next reservation makes them again.
local function dropQueues()
  for _, api in ipairs(redis.call('SMEMBERS', APIS)) do
    redis.call('DEL', ofApi(QUEUE, api))
  end
end

