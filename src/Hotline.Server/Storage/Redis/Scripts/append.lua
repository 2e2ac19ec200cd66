-- KEYS: the conversation. ARGV: p, addr, seen, now, then the entries. Answer: the index of the first; 0 = no such conversation.
local earlier = findSeen(ARGV[1], ARGV[3])
if earlier then return earlier end
local h = readHead(KEYS[1])
if not h then return 0 end
local entries = {}
for i = 5, #ARGV do entries[i - 4] = ARGV[i] end
local first = h.log + 1
redis.call('SETRANGE', KEYS[1], 41, struct.pack('<d', addLog(ARGV[1], ARGV[2], h.log, entries, ARGV[4])))
markSeen(ARGV[1], ARGV[3], first, ARGV[4])
return first
