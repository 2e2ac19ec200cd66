-- KEYS: the copies by the time of their last word. ARGV: this copy, silence in ms after which a copy counts as dead.
-- Answer: the living copies. Redis's time, so that nobody's clock matters.
local now = clock() / 1000
redis.call('ZADD', KEYS[1], number(now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', number(now - tonumber(ARGV[2])))
local copies = redis.call('ZRANGE', KEYS[1], 0, -1)
table.sort(copies)
return copies
