-- In tests, this stands on the class path before the packaged clock: Redis's clock, and as much later as the test says in the key
-- `clock-offset`, in ms, which begins as the script's own keys do.

local function clock()
  local t = redis.call('TIME')
  return t[1] * 1000 + t[2] / 1000 + (redis.call('GET', KEYS[1] .. 'clock-offset') or 0)
end

