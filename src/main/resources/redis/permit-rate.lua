-- Put in front of the scripts that need it: how many calls a second an account may make now.
-- What was learned of an account after a refusal is `<rate after the cut> <ceiling> <time of the cut, ms>`. From the cut, the
-- rate climbs back to the ceiling along a cubic curve, fast at first, and is there after `regain` ms; from then on it climbs
-- beyond, slowly at first, up to what is configured. So it stays long where it may be right, and asks for more with care.
-- Without a limit a second (0) it goes on climbing.

local function rateNow(learned, perSecond, now, regain)
  local cut, ceiling, at = string.match(learned or '', '^(%S+) (%S+) (%S+)$')
  if not cut then
    return perSecond
  end
  local t = (now - at) / regain
  local rate = ceiling + (t < 1 and -(ceiling - cut) * (1 - t) ^ 3 or ceiling * (t - 1) ^ 3)
  return perSecond > 0 and rate > 0.999 * perSecond and perSecond or rate
end

