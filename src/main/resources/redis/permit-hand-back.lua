-- Takes back a permit that was not used: the day's call is given back, the slot is lost.
-- KEYS    1 next · 2 limits · 3 parked · 4 day (start of the day counters' keys; they carry the same hash tag)
-- ARGV    1 account
-- Result  {the account's calls today}
-- Safe    Never below 0. Just after 00:00 GMT+8 a permit of the old day may be given back to the new one, by which the count is
--         low by that call; the platform's own answer then ends the day.

local t = redis.call('TIME')
local day = KEYS[4] .. ':' .. math.floor((t[1] + 28800) / 86400)
local used = tonumber(redis.call('HGET', day, ARGV[1]) or 0)
if used > 0 then
  used = redis.call('HINCRBY', day, ARGV[1], -1)
end
return {used}
