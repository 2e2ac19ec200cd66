-- KEYS: conversations by time. ARGV: p, old (ms), horizon of seen messages (ms), max. Answer: {conversations, 1 = there may be more}.
local p, old, max = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[4])
redis.call('SET', p .. 'h', ARGV[3])
local more = 0
local gone, looked = 0, redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[2], 'LIMIT', 0, max)
for _, addr in ipairs(looked) do
  local h = readHead(p .. 'c:' .. addr)
  local waits = redis.call('EXISTS', p .. 'q0:' .. addr, p .. 'q1:' .. addr, p .. 'q2:' .. addr)
  if not h then
    redis.call('ZREM', KEYS[1], addr)
  elseif h.touched >= old then
    redis.call('ZADD', KEYS[1], number(h.touched), addr)
  elseif waits > 0 then
    redis.call('ZADD', KEYS[1], ARGV[2], addr)
  else
    eraseAll(p, addr)
    gone = gone + 1
  end
end
local logs = redis.call('ZRANGEBYSCORE', p .. 'logs', '-inf', '(' .. ARGV[2], 'LIMIT', 0, max)
for _, addr in ipairs(logs) do
  local key, oldest = p .. 'l:' .. addr, nil
  for _, entry in ipairs(redis.call('XRANGE', key, '-', '+', 'COUNT', 500)) do
    local at = entry[1]:match('%-(%d+)$')
    if tonumber(at) >= old then
      oldest = at
      break
    end
    redis.call('XDEL', key, entry[1])
  end
  if oldest then
    redis.call('ZADD', p .. 'logs', oldest, addr)
  elseif redis.call('XLEN', key) == 0 then
    redis.call('ZREM', p .. 'logs', addr)
  else
    more = 1
  end
end
local letters = redis.call('ZRANGEBYSCORE', p .. 'xt', '-inf', '(' .. ARGV[2], 'LIMIT', 0, max)
for _, id in ipairs(letters) do
  local raw = redis.call('HGET', p .. 'x', id)
  if raw then
    local codeSize, addrSize = raw:byte(10), raw:byte(11)
    redis.call('SREM', p .. 'g:' .. raw:sub(12 + codeSize, 11 + codeSize + addrSize), '!' .. id)
  end
  redis.call('HDEL', p .. 'x', id)
  redis.call('ZREM', p .. 'xt', id)
end
if #looked >= max or #logs >= max or #letters >= max then more = 1 end
return {gone, more}
