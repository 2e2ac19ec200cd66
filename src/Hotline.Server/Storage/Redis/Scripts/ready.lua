-- KEYS: the entries of a stream. ARGV: p, stream, now, max, token, mark ('1': part 0 of what was never tried is marked as attempted).
-- Answer: for each head {id, entry, order, part, part …}; nil when the shard is another copy's.
local p, k, now = ARGV[1], ARGV[2], ARGV[3]
local max = tonumber(ARGV[4])
if isFenced(p, ARGV[5]) then return false end
local heads = redis.call('ZRANGEBYSCORE', p .. 'w' .. k, '-inf', now, 'WITHSCORES', 'LIMIT', 0, math.ceil(max / 2))
local rest = max - #heads / 2
if rest > 0 then
  for _, new in ipairs(redis.call('ZRANGE', p .. 'n' .. k, 0, rest - 1, 'WITHSCORES')) do heads[#heads + 1] = new end
end
local found = {}
for i = 1, #heads, 2 do
  local id = heads[i]
  local one = {id, redis.call('HGET', KEYS[1], id), heads[i + 1]}
  if k ~= '0' then
    local n = 0
    while true do
      local key, field = partOf(id, n)
      local raw = redis.call('HGET', p .. key, field)
      if not raw then
        if n == 0 and ARGV[6] == '1' then
          redis.call('HSETNX', p .. key, 'a', unpackEntry(one[2]).addr)
          redis.call('HSET', p .. key, field, packPart(tonumber(now), 0, -1, ''))
        end
        break
      end
      n = n + 1
      one[#one + 1] = raw
    end
  end
  found[#found + 1] = one
end
return found
