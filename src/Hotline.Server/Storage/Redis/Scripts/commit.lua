-- KEYS: the conversation. ARGV: p, addr, expected version, now, id, state, seen, due token, due at (0 = none),
-- number of lines, of log entries, of outbox entries, this copy, then the lines, the log entries, the outbox (stream, id, body).
-- Answer: {0, index of the first log entry} committed, {1, index} seen before, {2, 0} another version.
local p, addr, now, seen = ARGV[1], ARGV[2], ARGV[4], ARGV[7]
local at = tonumber(now)
local earlier = findSeen(p, seen)
if earlier then return {1, earlier} end
local h = readHead(KEYS[1])
if (h and h.version or 0) ~= tonumber(ARGV[3]) then return {2, 0} end
h = h or {version = 0, listed = -1, due = 0, bytes = 0, log = 0, id = ARGV[5]}
local lines, logs, outs, i = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12]), 13

local transcript = p .. 't:' .. addr
if h.id ~= ARGV[5] then
  -- A new conversation on the same place: lines that leave out the id get the old one, whose parts are kept in mind.
  for n, line in ipairs(redis.call('LRANGE', transcript, 0, -1)) do
    if line:byte(1) == 1 then
      local size = line:byte(10)
      redis.call('LSET', transcript, n - 1, '\0' .. line:sub(2, 9) .. string.char(size + #h.id) .. h.id .. line:sub(11))
    end
  end
  redis.call('SADD', p .. 'g:' .. addr, h.id)
end

if lines > 0 then
  local added = {}
  for n = 1, lines do
    added[n] = ARGV[i + n]
    h.bytes = h.bytes + #added[n]
  end
  i = i + lines
  local count = redis.call('RPUSH', transcript, unpack(added))
  while count > MOST_LINES or (h.bytes > MOST_LINE_BYTES and count > 1) do
    h.bytes = h.bytes - #redis.call('LPOP', transcript)
    count = count - 1
  end
end

local first = 0
if logs > 0 then
  local entries = {}
  for n = 1, logs do entries[n] = ARGV[i + n] end
  i = i + logs
  first = h.log + 1
  h.log = addLog(p, addr, h.log, entries, now)
end

local due = tonumber(ARGV[9])
if due > 0 then
  if h.due ~= due then redis.call('ZADD', p .. 'due', ARGV[9], addr) end
elseif h.due > 0 then
  redis.call('ZREM', p .. 'due', addr)
end

-- Listed once a day is enough for the removal of what is old.
if h.listed < 0 or math.abs(at - h.listed) >= 86400000 then
  redis.call('ZADD', p .. 'touched', now, addr)
  h.listed = at
end

h.version, h.touched, h.due, h.token, h.id = h.version + 1, at, due, ARGV[8], ARGV[5]
redis.call('SET', KEYS[1], packHead(h) .. ARGV[6])

local order = outs > 0 and clock()
for _ = 1, outs do
  local k, id, body = ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  i = i + 3
  redis.call('HSET', p .. 'e' .. k, id, packEntry({created = at, notBefore = 0, order = order, attempts = 0, addr = addr, body = body}))
  if redis.call('RPUSH', p .. 'q' .. k .. ':' .. addr, id) == 1 then
    redis.call('ZADD', p .. 'n' .. k, number(order), id)
  end
  order = order + 1
  local name = group(id)
  if name ~= h.id then redis.call('SADD', p .. 'g:' .. addr, name) end
end

markSeen(p, seen, first, now)

-- Who delivers this shard, or shows this log, may be another copy: a hint, no more.
if outs > 0 then
  local owner = redis.call('GET', p .. 'lease')
  owner = owner and owner:match('^(.-)/')
  if owner and owner ~= ARGV[13] then redis.call('PUBLISH', 'hl:wake:' .. owner, p:sub(5, 6)) end
end
if logs > 0 then redis.call('PUBLISH', 'hl:log', ARGV[13] .. '/' .. addr) end
return {0, first}
