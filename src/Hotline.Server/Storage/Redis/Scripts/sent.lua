-- KEYS: reply entries. ARGV: p, id, part, now, token, id of the provider, then ('' nothing, 'done' the entry is complete, a number: this part is tried next).
-- A copy that lost the shard still tells what it knows, but changes nothing that others have settled.
-- Answer: 1, 100 + stream done, 0 the entry is gone, -1 the shard is another copy's.
local p, id, now, provider, after = ARGV[1], ARGV[2], tonumber(ARGV[4]), ARGV[6], ARGV[7]
local fenced = isFenced(p, ARGV[5])
local k, entry = findEntry(p, id)
local key, field = partOf(id, ARGV[3])
local raw = redis.call('HGET', p .. key, field)
if not raw and not k then return 0 end
local attempted, status, code, known = now, 0, -1, ''
if raw then attempted, status, code, known = unpackPart(raw) end
if known == '' or not fenced then
  local addr = entry and entry.addr or redis.call('HGET', p .. key, 'a')
  redis.call('HSETNX', p .. key, 'a', addr)
  redis.call('HSET', p .. key, field, packPart(attempted, status, code, provider))
  own(p, addr, provider)
end
if fenced then return -1 end
if not k then return 0 end
if after == 'done' then
  trimParts(p, p .. key)
  return doneWith(k, removeEntry(p, k, id, entry.addr))
elseif after ~= '' then
  local _, following = partOf(id, after)
  redis.call('HSETNX', p .. key, following, packPart(now, 0, -1, ''))
end
return 1
