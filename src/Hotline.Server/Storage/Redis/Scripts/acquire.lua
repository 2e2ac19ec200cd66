-- KEYS: the lease of a shard. ARGV: p, copy, length in ms, now. Answer: the lease's value with a new fencing token, and what there is to do; nil when another
-- copy has it. One that this copy had in an earlier life is taken back at once: that process is gone.
local owner = redis.call('GET', KEYS[1])
if owner and owner:match('^(.-)/') ~= ARGV[2] then return false end
local value = ARGV[2] .. '/' .. number(redis.call('INCR', ARGV[1] .. 'fence'))
redis.call('SET', KEYS[1], value, 'PX', ARGV[3])
return {value, workOf(ARGV[1], ARGV[4])}
