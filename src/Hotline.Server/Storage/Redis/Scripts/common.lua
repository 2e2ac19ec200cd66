#!lua flags=FLAGS
-- What every script of the store shares. All keys of a shard stand in one hash slot (the tag in `p`, such as hl:{07}:), so
-- a script may touch any of them, also on a cluster. Under p:
--   c:ADDR  conversation: a packed head, then its sealed state     s:SEEN   "index:at" of a message that was seen
--   t:ADDR  transcript lines        l:ADDR  the channel's own log (a stream, id = index-at)
--   eK      entries of outbox stream K (hash, id -> packed)        qK:ADDR  ids of a conversation's entries in order
--   nK, wK  heads that are new (by order) and that wait (by time)  p:GROUP  parts of the events of one conversation
--   g:ADDR  groups and dead letters that bear another name         m:...    ids of the provider that are ours
--   x, xt   dead letters, by time   touched, due, logs: addresses by time   h: what was seen before this is forgotten
--   lease   who delivers this shard, with its fencing token
local MOST_LINES, MOST_LINE_BYTES, MOST_PARTS = 200, 32768, 100
local SEEN_MS = 172800000

local function number(n) return string.format('%.0f', n) end

local function clock()
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000000 + tonumber(t[2])
end

local function readHead(key)
  local raw = redis.call('GETRANGE', key, 0, 599)
  if raw == '' then return nil end
  if raw:byte(1) ~= 1 then error({err = 'HLNEWER the record was written by a newer server'}) end
  local h = {}
  h.version, h.touched, h.listed, h.due, h.bytes, h.log = struct.unpack('<dddddd', raw, 2)
  local idSize, tokenSize = raw:byte(50), raw:byte(51)
  h.id = raw:sub(52, 51 + idSize)
  h.token = raw:sub(52 + idSize, 51 + idSize + tokenSize)
  return h
end

local function packHead(h)
  return struct.pack('<BddddddBB', 1, h.version, h.touched, h.listed, h.due, h.bytes, h.log, #h.id, #h.token) .. h.id .. h.token
end

-- The index of the first log entry of an earlier turn with this message, or nil.
local function findSeen(p, seen)
  if seen == '' then return nil end
  local found = redis.call('GET', p .. 's:' .. seen)
  if not found then return nil end
  local index, at = found:match('^(%d+):(%-?%d+)$')
  local horizon = redis.call('GET', p .. 'h')
  if horizon and tonumber(at) < tonumber(horizon) then return nil end
  return tonumber(index)
end

local function markSeen(p, seen, index, now)
  if seen ~= '' then redis.call('SET', p .. 's:' .. seen, number(index) .. ':' .. now, 'PX', SEEN_MS) end
end

local function addLog(p, addr, last, entries, now)
  local key = p .. 'l:' .. addr
  for _, body in ipairs(entries) do
    last = last + 1
    redis.call('XADD', key, number(last) .. '-' .. now, 'b', body)
  end
  if #entries > 0 then redis.call('ZADD', p .. 'logs', 'NX', now, addr) end
  return last
end

-- An event id of ours is conversation-version-index: its parts stand with those of its conversation.
local function group(id)
  if #id > 33 and id:sub(33, 33) == '-' and not id:sub(1, 32):find('[^0-9a-f]') then return id:sub(1, 32), id:sub(34) end
  return id, ''
end

local function partOf(id, part)
  local name, rest = group(id)
  return 'p:' .. name, rest .. '-' .. part
end

-- attempted (ms, 0 = not), status, code (-1 = none), id of the provider
local function unpackPart(raw)
  local attempted, status, code = struct.unpack('<dBi4', raw)
  return attempted, status, code, raw:sub(14)
end

local function packPart(attempted, status, code, provider)
  return struct.pack('<dBi4', attempted, status, code) .. provider
end

local function unpackEntry(raw)
  local e = {}
  e.created, e.notBefore, e.order, e.attempts = struct.unpack('<dddI4', raw)
  local size = raw:byte(29)
  e.addr = raw:sub(30, 29 + size)
  e.body = raw:sub(30 + size)
  return e
end

local function packEntry(e)
  return struct.pack('<dddI4B', e.created, e.notBefore, e.order, e.attempts, #e.addr) .. e.addr .. e.body
end

-- The stream and the entry of an id; nil when it is not (or no more) in the outbox.
local function findEntry(p, id)
  for _, k in ipairs({'1', '0', '2'}) do
    local raw = redis.call('HGET', p .. 'e' .. k, id)
    if raw then return k, unpackEntry(raw) end
  end
end

local function listHead(p, k, id, entry)
  if entry.notBefore > 0 then
    redis.call('ZADD', p .. 'w' .. k, number(entry.notBefore), id)
  else
    redis.call('ZADD', p .. 'n' .. k, number(entry.order), id)
  end
end

-- Takes an entry out; if it was the head of its conversation, the next one may go. Answers whether there is one.
local function removeEntry(p, k, id, addr)
  local queue = p .. 'q' .. k .. ':' .. addr
  redis.call('HDEL', p .. 'e' .. k, id)
  if redis.call('LINDEX', queue, 0) ~= id then
    redis.call('LREM', queue, 1, id)
    return false
  end
  redis.call('LPOP', queue)
  redis.call('ZREM', p .. 'n' .. k, id)
  redis.call('ZREM', p .. 'w' .. k, id)
  local following = redis.call('LINDEX', queue, 0)
  if following then listHead(p, k, following, unpackEntry(redis.call('HGET', p .. 'e' .. k, following))) end
  return following and true or false
end

-- Answers of the scripts that move an entry: 1 done, 100 + stream: done, and another one may go, 200 + stream: it waits.
local function doneWith(k, follows) return follows and 100 + tonumber(k) or 1 end

-- A copy that lost the shard must not decide anything any more. Without any lease (tests, tools) there is nothing to lose.
local function isFenced(p, token)
  local lease = redis.call('GET', p .. 'lease')
  if token == '' then return lease ~= false end
  return lease ~= token
end

local function channelOf(addr)
  if addr:byte(1) == 1 then return addr:sub(34) end
  return addr:match('^.(.-)%z')
end

local function own(p, addr, provider)
  redis.call('SET', p .. 'm:' .. channelOf(addr) .. ':' .. provider, '1', 'PX', SEEN_MS)
end

-- What there is to do: bit k = stream k may have ready heads, bit 3 = a wait has run out.
local function workOf(p, now)
  local work = 0
  for k = 0, 2 do
    if redis.call('ZCARD', p .. 'n' .. k) > 0 or redis.call('ZCOUNT', p .. 'w' .. k, '-inf', now) > 0 then work = work + 2 ^ k end
  end
  if redis.call('ZCOUNT', p .. 'due', '-inf', now) > 0 then work = work + 8 end
  return work
end

-- Parts of texts that are long done make place for new ones.
local function trimParts(p, key)
  if redis.call('HLEN', key) <= MOST_PARTS then return end
  local done = {}
  for _, field in ipairs(redis.call('HKEYS', key)) do
    local version = tonumber(field:match('^(%d+)%-'))
    if version then done[#done + 1] = {version, field} end
  end
  table.sort(done, function(a, b) return a[1] < b[1] end)
  for i = 1, #done - MOST_PARTS / 2 do
    local id = key:sub(#p + 3) .. '-' .. done[i][2]:match('^(.*)%-%d+$')
    if not findEntry(p, id) then redis.call('HDEL', key, done[i][2]) end
  end
end

local function eraseAll(p, addr)
  local head = readHead(p .. 'c:' .. addr)
  local groups = redis.call('SMEMBERS', p .. 'g:' .. addr)
  if head then groups[#groups + 1] = head.id end
  for k = 0, 2 do
    local queue = p .. 'q' .. k .. ':' .. addr
    for _, id in ipairs(redis.call('LRANGE', queue, 0, -1)) do
      redis.call('HDEL', p .. 'e' .. k, id)
      redis.call('ZREM', p .. 'n' .. k, id)
      redis.call('ZREM', p .. 'w' .. k, id)
    end
    redis.call('DEL', queue)
  end
  for _, name in ipairs(groups) do
    if name:sub(1, 1) == '!' then
      redis.call('HDEL', p .. 'x', name:sub(2))
      redis.call('ZREM', p .. 'xt', name:sub(2))
    else
      for _, raw in ipairs(redis.call('HVALS', p .. 'p:' .. name)) do
        if #raw > 13 and raw ~= addr then redis.call('DEL', p .. 'm:' .. channelOf(addr) .. ':' .. raw:sub(14)) end
      end
      redis.call('DEL', p .. 'p:' .. name)
    end
  end
  redis.call('ZREM', p .. 'touched', addr)
  redis.call('ZREM', p .. 'due', addr)
  redis.call('ZREM', p .. 'logs', addr)
  return redis.call('DEL', p .. 'c:' .. addr, p .. 't:' .. addr, p .. 'l:' .. addr, p .. 'g:' .. addr)
end

