-- KEYS: reply entries. ARGV: p, id, not before, token, clear ('1': attempts without an answer are taken back).
-- Answer: 1, 200 + stream done, 0 the entry is gone, -1 the shard is another copy's.
local p, id = ARGV[1], ARGV[2]
if isFenced(p, ARGV[4]) then return -1 end
local k, entry = findEntry(p, id)
if not k then return 0 end
if ARGV[5] == '1' then
  local n = 0
  while true do
    local key, field = partOf(id, n)
    local raw = redis.call('HGET', p .. key, field)
    if not raw then break end
    local _, status, code, provider = unpackPart(raw)
    if provider == '' then redis.call('HSET', p .. key, field, packPart(0, status, code, '')) end
    n = n + 1
  end
end
entry.notBefore, entry.attempts = tonumber(ARGV[3]), entry.attempts + 1
redis.call('HSET', p .. 'e' .. k, id, packEntry(entry))
if redis.call('LINDEX', p .. 'q' .. k .. ':' .. entry.addr, 0) == id then
  redis.call('ZREM', p .. 'n' .. k, id)
  redis.call('ZADD', p .. 'w' .. k, ARGV[3], id)
  return 200 + tonumber(k)
end
return 1
