-- Notes that an account may not call an API. It is asked for no call of it again until the accounts are configured again.
-- KEYS    see permit-keys
-- ARGV    1 account · 2 API · 3 the reason
-- Result  {1 if that was not known, else 0}
-- Safe    Permits for other APIs go on. An unknown account stays unknown. Forbidding twice keeps the later reason.

if redis.call('HEXISTS', LIMITS, ARGV[1]) == 0 then
  return {0}
end
redis.call('SADD', APIS, ARGV[2])
dropQueues()
return {redis.call('HSET', ofApi(FORBIDDEN, ARGV[2]), ARGV[1], ARGV[3])}
