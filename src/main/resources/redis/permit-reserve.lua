-- Gives permits for calls of one API: which account makes each, and when.
-- KEYS    see permit-keys
-- ARGV    1 API · 2 permits wanted, 1 or more · 3 guard, ms · 4 horizon: how far from now an account may be free, ms
--         5 how long after 00:00 a new day is trusted, ms · 6 regain, ms: see permit-rate · 7 lead: a permit lies no nearer, ms, so that
--         also a call of an account that is free has time to come to the wire
-- Result  {granted | refused | none | lost, wait in µs, the time in µs since 1970, then for each permit: account, wait in µs, slot in ms since 1970, the account's
--         calls a second for now}. Fewer permits than wanted come with the reason why there is no other:
--         refused: the first free account is further away than the horizon, by that wait; none: no account may call this API;
--         lost: the accounts are not, or not all, in Redis and must be configured again
-- Safe    `next` says when an account's next call may start, and only ever moves on: (1000 + guard) / rate ms from the call before, and
--         one minute and the guard from the call that is per-minute calls before. So no window of a second or a minute, with the guard, is
--         over, whoever asks. The call is counted, on the day its slot lies in, in the same step. The same holds for the API, where
--         the account has limits for it. An account whose limits are not known gets no permit.
-- Cost    Accounts without a limit a minute pay nothing for it; the others, of whose calls the last per-minute are kept in a list, four
--         commands a permit and 10 bytes a call. What few have (limits of an API, forbidden APIs, weights, a rate that was cut) costs
--         one look while there is none of it. Else accounts are taken from `queue:<API>`, where each stands at the time it may call
--         this API or earlier, never later: who stands at the head too early is sent back to its time.

local MINUTE = 60000

local api, guard, horizon = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
local now = clock()
local time = string.format('%.0f', now * 1000)
local answer = {'granted', '0', time}

local configured, usable = redis.call('HLEN', LIMITS), redis.call('ZCARD', NEXT)
if configured == 0 or usable < configured and usable + redis.call('ZCARD', PARKED) < configured then
  return {'lost', '0', time}
end

local queue, apiLimits, forbidden = NEXT, ofApi(LIMITS, api), ofApi(FORBIDDEN, api)
local plain = redis.call('EXISTS', LEARNED, WEIGHTS, apiLimits, forbidden) == 0
if not plain then
  local apiNext = ofApi(NEXT, api)
  if redis.call('ZCARD', apiNext) < redis.call('HLEN', apiLimits) then
    return {'lost', '0', time}
  end
  queue = ofApi(QUEUE, api)
  if redis.call('EXISTS', queue) == 0 then
    redis.call('ZUNIONSTORE', queue, 2, NEXT, apiNext, 'AGGREGATE', 'MAX')
    for _, account in ipairs(redis.call('HKEYS', forbidden)) do
      redis.call('ZREM', queue, account)
    end
    redis.call('SADD', APIS, api)
  end
end

-- How many calls a second, a minute and a day; 0: no limit.
local function read(limits)
  local second, minute, day = string.match(limits, '^(%d+) (%d+) (%d+)$')
  return tonumber(second), tonumber(minute), tonumber(day)
end

-- Counts a call, unless the day has none left.
local function count(day, account, perDay)
  local calls = redis.call('HINCRBY', day, account, 1)
  if calls == 1 then
    redis.call('PEXPIRE', day, 2 * DAY)
  end
  if perDay > 0 and calls > perDay then
    redis.call('HINCRBY', day, account, -1)
    return false
  end
  return true
end

-- When the next call may start after one in this slot. The list holds the slots of the last perMinute calls, in ms, rounded up.
local function following(slot, rate, perMinute, list)
  local free = rate > 0 and slot + (1000 + guard) / rate or slot
  if perMinute > 0 then
    local calls = redis.call('RPUSH', list, string.format('%.0f', math.ceil(slot)))
    if calls > perMinute then
      redis.call('LTRIM', list, -perMinute, -1)
    end
    if calls >= perMinute then
      free = math.max(free, redis.call('LINDEX', list, 0) + MINUTE + guard)
    end
    redis.call('PEXPIRE', list, string.format('%.0f', math.ceil(slot - now + MINUTE + guard)))
  end
  return free
end

local function micros(time)
  return string.format('%.0f', math.ceil((time - now) * 1000))
end

-- Gives the account's call at this slot, if its days allow. Where they do not, its next call moves to the next day.
local function permit(account, turn, slot, limits, limitsOfApi)
  local perSecond, perMinute, perDay = read(limits)
  local called = math.ceil(slot)
  local day = dayOf(called)
  if not count(day, account, perDay) then
    redis.call('ZADD', NEXT, dayReset(slot, ARGV[5]), account)
    return
  end

  if plain then
    redis.call('ZADD', NEXT, following(slot, perSecond, perMinute, minuteOf(account)), account)
  else
    local free = 0
    if limitsOfApi then
      local apiSecond, apiMinute, apiDay = read(limitsOfApi)
      local apiNext = ofApi(NEXT, api)
      if not count(ofApi(day, api), account, apiDay) then
        redis.call('HINCRBY', day, account, -1)
        redis.call('ZADD', apiNext, dayReset(slot, ARGV[5]), account)
        return
      end
      free = following(slot, apiSecond, apiMinute, ofApi(minuteOf(account), api))
      redis.call('ZADD', apiNext, free, account)
    end
    local learned = redis.call('HGET', LEARNED, account)
    local rate = rateNow(learned, perSecond, now, ARGV[6])
    if learned and rate == perSecond then
      redis.call('HDEL', LEARNED, account)
    end
    local next = following(slot, rate, perMinute, minuteOf(account))
    redis.call('ZADD', NEXT, next, account)
    -- An account of weight 2 that waits for work goes but half the way to the end of the queue, and so has its turn twice as often.
    free = math.max(free, next)
    local weight = redis.call('HGET', WEIGHTS, account) or 1
    redis.call('ZADD', queue, turn + math.max((free - turn) / weight, free - slot), account)
    perSecond = rate
  end
  local last = #answer
  answer[last + 1], answer[last + 2] = account, micros(slot)
  answer[last + 3], answer[last + 4] = string.format('%.0f', called), string.format('%.4f', perSecond)
end

local complete = 3 + 4 * ARGV[2]
while #answer < complete do
  local first = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')
  local account, turn = first[1], tonumber(first[2])
  if not account then
    answer[1] = 'none'
    break
  end
  local limits = redis.call('HGET', LIMITS, account)
  local free = plain and turn or redis.call('ZSCORE', NEXT, account)
  if not limits or not free then
    redis.call('ZREM', queue, account)
  else
    local limitsOfApi = not plain and redis.call('HGET', apiLimits, account)
    free = math.max(free, limitsOfApi and redis.call('ZSCORE', ofApi(NEXT, api), account) or 0)
    local slot = math.max(now, free)
    if slot > now and turn < free then
      redis.call('ZADD', queue, free, account)
    elseif slot > now + horizon then
      answer[1], answer[2] = 'refused', micros(slot)
      break
    else
      permit(account, turn, math.max(slot, now + ARGV[7]), limits, limitsOfApi)
    end
  end
end
return answer
