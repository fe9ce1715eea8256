-- Put in front of the scripts that need it: Redis's clock, in ms since 1970.

local function clock()
  local t = redis.call('TIME')
  return t[1] * 1000 + t[2] / 1000
end

