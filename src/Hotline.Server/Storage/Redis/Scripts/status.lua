-- KEYS: the parts of the event's conversation. ARGV: p, id, part, status, code (-1 = none), id of the provider ('' = none).
-- Answer: the address if the report moved the part forward, else nil.
local p = ARGV[1]
local key, field = partOf(ARGV[2], ARGV[3])
local raw = redis.call('HGET', p .. key, field)
if not raw then return false end
local attempted, status, code, provider = unpackPart(raw)
local addr = redis.call('HGET', p .. key, 'a')
local moved = tonumber(ARGV[4]) > status
if provider == '' and ARGV[6] ~= '' then
  provider = ARGV[6]
  own(p, addr, provider)
elseif not moved then
  return false
end
if moved then status, code = tonumber(ARGV[4]), tonumber(ARGV[5]) end
redis.call('HSET', p .. key, field, packPart(attempted, status, code, provider))
return moved and addr
