-- KEYS: the conversation. ARGV: p, addr. What was seen stays: it is a keyed hash.
return eraseAll(ARGV[1], ARGV[2])
