-- wrk: each request holds texts that no other request holds. arguments: texts per request, number of the run
local who = {"오늘", "어제 친구가", "우리 팀이", "엄마가", "그 사람이", "내일부터"}
local what = {"영화를 보고", "회의를 하다가", "밥을 먹는데", "집에 오는 길에", "게임을 하다가", "전화를 받고"}
local how = {"너무 좋았어", "정말 화가 났어", "조금 슬펐어", "깜짝 놀랐어", "그냥 그랬어", "무서웠어"}
local counter, texts, first = 0, 1, 0
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  texts = tonumber(arguments[1])
  first = (tonumber(arguments[2]) * 16 + number) * 10000000
end

local function sentence()
  counter = counter + 1
  local n = first + counter
  return string.format("%s %d번째로 %s %s", who[n % 6 + 1], n, what[math.floor(n / 6) % 6 + 1],
                       how[math.floor(n / 36) % 6 + 1])
end

function request()
  local body
  if texts == 1 then
    body = '{"inputs":"' .. sentence() .. '","truncate":true}'
  else
    local parts = {}
    for i = 1, texts do parts[i] = '["' .. sentence() .. '"]' end
    body = '{"inputs":[' .. table.concat(parts, ",") .. '],"truncate":true}'
  end
  return wrk.format("POST", "/predict", {["Content-Type"] = "application/json"}, body)
end

function done(summary, latency)
  io.write(string.format('\n{"requests":%d,"seconds":%f,"p50_ms":%f,"p99_ms":%f,"errors":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
