-- KEYS: the conversation. ARGV: p, addr. Answer: the conversation's id, then the lines.
local h = readHead(KEYS[1])
local lines = redis.call('LRANGE', ARGV[1] .. 't:' .. ARGV[2], 0, -1)
table.insert(lines, 1, h and h.id or '')
return lines
