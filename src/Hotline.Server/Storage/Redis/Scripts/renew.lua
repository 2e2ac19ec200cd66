-- KEYS: the lease of a shard. ARGV: p, its value, length in ms, now.
-- Answer: nil when it is lost, else what there is to do.
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return false end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return workOf(ARGV[1], ARGV[4])
