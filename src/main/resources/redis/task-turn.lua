-- Put in front of the scripts that need it: the turns in which the jobs of a shard are served.
-- Ids are claimed in the order of their turns. The ids of a job take turns one behind the other, with a stride that is the shorter
-- the more weight the job has (24 / weight), and a job that comes in begins at the turn that is served now, not behind the others'
-- last. So jobs share what is claimed by their weights, and none ever waits for another to end.
-- A flow is a job at its weight, in five digits: the job's number modulo 10,000, then the weight, 1 to 9. It stands behind the turn
-- in the scores of `due`, and behind the time, in tenths of a second, in those of `later`: turn * 100,000 + flow. A half on top in `later`
-- says that the id keeps its turn, and is served first when its time is past.

local FLOWS = 100000
local NO_FLOW = 3

local function flowOfLease(lease)
  return tonumber(string.match(lease, ' (%d+)$') or NO_FLOW)
end

local function laterScore(millis, flow, keepsTurn)
  return math.ceil(millis / 100) * FLOWS + flow + (keepsTurn and 0.5 or 0)
end

local function flowOfLater(score)
  local flow = math.floor(score % FLOWS)
  return flow, score % 1 > 0
end

-- `first` is what an id gets that had its turn; `score` what the next id of a flow would get, `take` what it does get; `keep` is called last.
local function openTurns(due, turns)
  local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
  local self, last = {now = 0}, {}
  if first[1] then
    self.now = math.floor(first[2] / FLOWS)
    redis.call('ZREMRANGEBYSCORE', turns, '-inf', self.now)
  else
    redis.call('DEL', turns)
  end

  function self.first(flow)
    return self.now * FLOWS + flow
  end

  local function nextTurn(flow)
    last[flow] = last[flow] or math.max(self.now, tonumber(redis.call('ZSCORE', turns, flow) or 0))
    return last[flow] + 24 / math.max(1, flow % 10)
  end

  function self.score(flow)
    return nextTurn(flow) * FLOWS + flow
  end

  function self.take(flow)
    last[flow] = nextTurn(flow)
    return last[flow] * FLOWS + flow
  end

  function self.keep()
    for flow, turn in pairs(last) do
      redis.call('ZADD', turns, turn, flow)
    end
  end

  return self
end

