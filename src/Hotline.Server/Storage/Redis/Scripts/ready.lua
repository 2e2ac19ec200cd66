-- KEYS: the entries of a stream. ARGV: p, stream, now, max, token, mark ('1': the first part that is not out is marked as
-- attempted, unless it was before), then ids that are in hand already.
-- Answer: for each head {id, entry, order, part, part ...} as they were before the mark; nil when the shard is another copy's.
local p, k, now, max = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if isFenced(p, ARGV[5]) then return false end
local inHand = {}
for i = 7, #ARGV do inHand[ARGV[i]] = true end

local found = {}
local function take(heads, most)
  for i = 1, #heads, 2 do
    if #found >= most then return end
    local id = heads[i]
    if not inHand[id] then
      local one = {id, redis.call('HGET', KEYS[1], id), heads[i + 1]}
      local n = 0
      while k ~= '0' do
        local key, field = partOf(id, n)
        local raw = redis.call('HGET', p .. key, field)
        local attempted, status, code, provider = unpackPart(raw or packPart(0, 0, -1, ''))
        if ARGV[6] == '1' and provider == '' and attempted == 0 then
          redis.call('HSETNX', p .. key, 'a', unpackEntry(one[2]).addr)
          redis.call('HSET', p .. key, field, packPart(tonumber(now), status, code, ''))
        end
        if not raw then break end
        one[#one + 1] = raw
        n = n + 1
        if ARGV[6] == '1' and provider == '' then break end
      end
      found[#found + 1] = one
    end
  end
end

local reach = max + #ARGV - 6
take(redis.call('ZRANGEBYSCORE', p .. 'w' .. k, '-inf', now, 'WITHSCORES', 'LIMIT', 0, reach), math.ceil(max / 2))
take(redis.call('ZRANGE', p .. 'n' .. k, 0, reach - 1, 'WITHSCORES'), max)
return found
