-- KEYS: the conversation. ARGV: p, addr, seen, now, this copy, then the entries. Answer: the index of the first; 0 = no such conversation.
local earlier = findSeen(ARGV[1], ARGV[3])
if earlier then return earlier end
local h = readHead(KEYS[1])
if not h then return 0 end
local entries = {}
for i = 6, #ARGV do entries[i - 5] = ARGV[i] end
local first = h.log + 1
redis.call('SETRANGE', KEYS[1], 41, struct.pack('<d', addLog(ARGV[1], ARGV[2], h.log, entries, ARGV[4])))
markSeen(ARGV[1], ARGV[3], first, ARGV[4])
redis.call('PUBLISH', 'hl:log', ARGV[5] .. '/' .. ARGV[2])
return first
