-- Tells how every account stands, for metrics and the console.
-- KEYS    see permit-keys
-- ARGV    1 regain, ms: see permit-rate · 2 API
-- Result  for each account: its name, µs until it is free for the API, calls today, `suspended` or `usable`, reason, calls a second for now, how many
--         APIs it may not call, and for each of those: API, reason
-- Safe    Reads only, in one step.

local now = clock()
local day = dayOf(now)
local apis = redis.call('SMEMBERS', APIS)
local state = {}

local function add(...)
  for _, value in ipairs({...}) do
    state[#state + 1] = value
  end
end

for key, side in pairs({[NEXT] = 'usable', [PARKED] = 'suspended'}) do
  local accounts = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  for i = 1, #accounts, 2 do
    local account = accounts[i]
    local free = math.max(now, accounts[i + 1], redis.call('ZSCORE', ofApi(NEXT, ARGV[2]), account) or 0) - now
    local perSecond = tonumber(string.match(redis.call('HGET', LIMITS, account) or '', '^(%d+) ') or 0)
    local forbidden = {}
    for _, api in ipairs(apis) do
      local reason = redis.call('HGET', ofApi(FORBIDDEN, api), account)
      if reason then
        forbidden[#forbidden + 1] = api
        forbidden[#forbidden + 1] = reason
      end
    end
    add(account, string.format('%.0f', math.ceil(free * 1000)), redis.call('HGET', day, account) or '0', side)
    add(redis.call('HGET', SUSPENDED, account) or '')
    add(string.format('%.4f', rateNow(redis.call('HGET', LEARNED, account), perSecond, now, ARGV[1])))
    add(tostring(#forbidden / 2), unpack(forbidden))
  end
end
return state
