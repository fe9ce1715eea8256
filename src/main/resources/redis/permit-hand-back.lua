-- Takes back a permit that was not used: the call is given back to the windows that it was counted in; its slot is lost.
-- KEYS    see permit-keys
-- ARGV    1 account · 2 API · 3 the permit's slot, ms since 1970
-- Result  {the account's calls of that day}
-- Safe    Only lowers counts, and never below 0; `next` stays, so no call starts earlier for it. A day that an account has used up is
--         over for it, though a call of it is given back later.

local day = dayOf(ARGV[3])
local used = 0
for _, counter in ipairs({ofApi(day, ARGV[2]), day}) do
  used = tonumber(redis.call('HGET', counter, ARGV[1]) or 0)
  if used > 0 then
    used = redis.call('HINCRBY', counter, ARGV[1], -1)
  end
end
redis.call('LREM', minuteOf(ARGV[1]), -1, ARGV[3])
redis.call('LREM', ofApi(minuteOf(ARGV[1]), ARGV[2]), -1, ARGV[3])
return {used}
