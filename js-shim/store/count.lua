-- The counts of messages in a Redis. All counts of one message change in one step. The rule is that of
-- src/limits/rate.rs.
--
-- KEYS: the counts. A count is the time at which all its places are free, in UNIX microseconds. A missing count
--   has all its places.
-- ARGV: the action; then for each key the time after which a taken place is free again, and the time after which
--   all places are, in microseconds.

-- All processes use the server's clock. Their own clocks may differ.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local action = ARGV[1]

local shares, longest, all_free_at = {}, {}, {}
for i, key in ipairs(KEYS) do
  shares[i], longest[i] = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local stored = tonumber(redis.call('GET', key) or 0) or 0
  if stored <= now or stored > now + 2 * longest[i] then
    -- The time has passed. Or it is too late for this clock: the clock was set back, and whoever waited until that
    -- time would wait without a reason.
    all_free_at[i] = 0
  else
    -- After a failover, the clock of another server may be a little behind.
    all_free_at[i] = math.min(stored, now + longest[i])
  end
end

local function store(key, time)
  if time > now then
    redis.call('SET', key, string.format('%.0f', time), 'PX', math.ceil((time - now) / 1000))
  else
    redis.call('DEL', key)
  end
end

if action == 'take' then
  local taken = {}
  for i in ipairs(KEYS) do
    taken[i] = math.max(now, all_free_at[i]) + shares[i]
    if taken[i] - now > longest[i] then
      return { i }
    end
  end
  for i, key in ipairs(KEYS) do
    store(key, taken[i])
  end
elseif action == 'giveBack' then
  for i, key in ipairs(KEYS) do
    store(key, all_free_at[i] - shares[i])
  end
elseif action == 'reset' then
  for _, key in ipairs(KEYS) do
    redis.call('DEL', key)
  end
elseif action == 'look' then
  return { now, unpack(all_free_at) }
end
return { 0 }
