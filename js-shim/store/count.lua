-- The counts of messages in a Redis. All counts of one message change in one step. The rule is that of
-- src/limits/rate.rs and src/limits/counts.rs.
--
-- KEYS: the counts, and the clock. A count is the time at which all its places are free, in microseconds. A missing
--   count has all its places.
-- ARGV: the action; then for each count the time after which a taken place is free again, and the time after which
--   all places are, in microseconds.

local action = ARGV[1]
local clock = KEYS[#KEYS]
local shares, longest, all_free_at = {}, {}, {}
local longest_of_all = 0
for i = 1, #KEYS - 1 do
  shares[i], longest[i] = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  all_free_at[i] = tonumber(redis.call('GET', KEYS[i]) or 0) or 0
  longest_of_all = math.max(longest_of_all, longest[i])
end

-- All processes use the server's clock, because their own clocks may differ. It continues from the latest time when it
-- is set back, or when another server with another clock takes over. Otherwise taken places would seem to be taken
-- for longer, and messages would be refused wrongly.
local server_time = redis.call('TIME')
local server_now = server_time[1] * 1000000 + server_time[2]
local latest, known_set_back_by = string.match(redis.call('GET', clock) or '', '^(%d+) (%d+)$')
latest, known_set_back_by = tonumber(latest or 0), tonumber(known_set_back_by or 0)
local set_back_by = math.max(known_set_back_by, latest - server_now)
local now = server_now + set_back_by

local function set(key, value, ms)
  redis.call('SET', key, value, 'PX', math.ceil(ms))
end

local function store(key, time)
  if time > now then
    set(key, string.format('%.0f', time), (time - now) / 1000)
  else
    redis.call('DEL', key)
  end
end

if action == 'take' then
  -- The latest time is stored once a second, and is exact enough. It lives for longer than every count.
  if now - latest >= 1000000 or set_back_by ~= known_set_back_by then
    local ms = math.max(redis.call('PTTL', clock), longest_of_all / 1000 + 2000)
    set(clock, string.format('%.0f %.0f', now, set_back_by), ms)
  end
  local taken = {}
  for i = 1, #all_free_at do
    taken[i] = math.max(now, all_free_at[i]) + shares[i]
    if taken[i] - now > longest[i] then
      return { i }
    end
  end
  for i = 1, #taken do
    store(KEYS[i], taken[i])
  end
elseif action == 'giveBack' then
  for i = 1, #all_free_at do
    store(KEYS[i], all_free_at[i] - shares[i])
  end
elseif action == 'look' then
  return { now, unpack(all_free_at) }
elseif action == 'reset' then
  for i = 1, #all_free_at do
    redis.call('DEL', KEYS[i])
  end
else
  return redis.error_reply('ERR unknown action')
end
return { 0 }
