-- KEYS: the waits of a shard. ARGV: p, now, max. Answer: for each wait its address, token and time.
local found = {}
for _, addr in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[2], 'LIMIT', 0, ARGV[3])) do
  local h = readHead(ARGV[1] .. 'c:' .. addr)
  if h and h.due > 0 then
    found[#found + 1] = addr
    found[#found + 1] = h.token
    found[#found + 1] = number(h.due)
  else
    redis.call('ZREM', KEYS[1], addr)
  end
end
return found
