-- KEYS: reply entries. ARGV: p, id, token, now, code (not empty: kept as a dead letter). Answer: 1, 100 + stream done, 0 gone, -1 another copy's.
local p, id = ARGV[1], ARGV[2]
if isFenced(p, ARGV[3]) then return -1 end
local k, entry = findEntry(p, id)
if not k then return 0 end
if ARGV[5] ~= '' then
  redis.call('HSET', p .. 'x', id, struct.pack('<dBBB', tonumber(ARGV[4]), tonumber(k), #ARGV[5], #entry.addr) .. ARGV[5] .. entry.addr .. entry.body)
  redis.call('ZADD', p .. 'xt', ARGV[4], id)
  redis.call('SADD', p .. 'g:' .. entry.addr, '!' .. id)
end
trimParts(p, p .. 'p:' .. group(id))
return doneWith(k, removeEntry(p, k, id, entry.addr))
