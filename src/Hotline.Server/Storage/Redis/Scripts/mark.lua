-- KEYS: reply entries. ARGV: p, id, part, now, token. Answer: 1 marked, 0 the entry is gone, -1 the shard is another copy's.
local p, id = ARGV[1], ARGV[2]
if isFenced(p, ARGV[5]) then return -1 end
local k, entry = findEntry(p, id)
if not k then return 0 end
local key, field = partOf(id, ARGV[3])
local raw = redis.call('HGET', p .. key, field)
local _, status, code, provider = unpackPart(raw or packPart(0, 0, -1, ''))
redis.call('HSETNX', p .. key, 'a', entry.addr)
redis.call('HSET', p .. key, field, packPart(tonumber(ARGV[4]), status, code, provider))
return 1
