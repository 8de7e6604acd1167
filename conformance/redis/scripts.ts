/** Scripts that are run at both servers: what limiters do, the language, and every way to go wrong. */
export type ScriptCase = readonly [source: string, keys?: readonly string[], args?: readonly string[]]

const limiter = `local ttl = redis.call('ttl', KEYS[1])
if ttl < 0 then
  redis.call('set', KEYS[1], ARGV[1] - 1, 'EX', ARGV[2])
  return {ARGV[1], ARGV[1] - 1, ARGV[2]}
end
return {ARGV[1], redis.call('incrby', KEYS[1], -1), ttl}`

const sliding = `local now = tonumber(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - tonumber(ARGV[2]))
local count = redis.call('ZCARD', KEYS[1])
if count < tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[1], now, now .. '-' .. count)
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {1, tonumber(ARGV[3]) - count - 1}
end
return {0, 0}`

const balancer = `local seed = tonumber(ARGV[1])
local best, best_load
for i, host in ipairs(cjson.decode(ARGV[2])) do
  local load = tonumber(redis.call('HGET', KEYS[1], host) or 0)
  if best_load == nil or load < best_load then best, best_load = host, load end
end
math.randomseed(seed)
redis.call('HINCRBY', KEYS[1], best, 1)
return {best, math.random(1, 100), math.random(1, 100)}`

export const scripts: readonly ScriptCase[] = [
  [limiter, ['k'], ['10', '60']],
  [limiter, ['num'], ['10', '60']],
  [sliding, ['z2'], ['1000', '500', '2']],
  [balancer, ['load'], ['7', '["a","b","c"]']],
  ['return 1'],
  ['return "text"'],
  ['return {1, 2, {3, "four", false, 5}, nil, 6}'],
  ['return true'],
  ['return false'],
  ['return nil'],
  ['return'],
  ['return 3.99'],
  ['return -3.99'],
  ['return "3.99"'],
  ['return 1e20'],
  ['return {}'],
  ['return {a = 1}'],
  ["return {ok = 'FINE'}"],
  ["return {err = 'MY ERROR'}"],
  ["return redis.status_reply('FINE')"],
  ["return redis.error_reply('My Err')"],
  ["return redis.error_reply('ALONE')"],
  ["return redis.error_reply('-WITH dash')"],
  ['return redis.error_reply()'],
  ["return redis.sha1hex('abc')"],
  ['return KEYS[1] .. ARGV[1] .. #KEYS .. #ARGV', ['a', 'b'], ['x']],
  ['return {KEYS[3], ARGV[2]}', ['a', 'b'], ['x']],
  ["return redis.call('get', 'nothing')"],
  ["return type(redis.call('get', 'nothing'))"],
  ["return redis.call('set', 'k', 'v')"],
  ["return type(redis.call('set', 'k', 'v'))"],
  ["return redis.call('set', 'k', 'v').ok"],
  ["return redis.call('incr', 'text')"],
  ["return redis.pcall('incr', 'text')"],
  ["return redis.pcall('incr', 'text').err"],
  ["local ok, e = pcall(redis.call, 'incr', 'text'); return {ok, type(e), e.err}"],
  ["return redis.call('nonsense')"],
  ["return redis.pcall('nonsense').err"],
  ["return redis.call('get')"],
  ['return redis.call()'],
  ["return redis.call('get', true)"],
  ["return redis.call('get', {})"],
  ["return redis.call('set', 'k', 1.5)"],
  ["redis.call('set', 'k', 0.1); return redis.call('get', 'k')"],
  ["redis.call('set', 'k', 10/2); return redis.call('get', 'k')"],
  ["redis.call('set', 'k', 1/3); return redis.call('get', 'k')"],
  ["return redis.call('eval', 'return 1', 0)"],
  ["return redis.call('lrange', 'list', 0, -1)"],
  ["return redis.call('hgetall', 'hash')"],
  ["return redis.call('hmget', 'hash', 'f', 'none')"],
  ["return #redis.call('hmget', 'hash', 'f', 'none')"],
  ["redis.call('select', 3); redis.call('set', 'inside', 1); return redis.call('dbsize')"],
  ['local a = 1 local b = a + 1 return b'],
  ['local t = {} for i = 1, 5 do t[#t + 1] = i * i end return t'],
  ['local t = {} for i = 10, 1, -3 do table.insert(t, i) end return t'],
  ['local s = 0 for _, v in ipairs({1, 2, nil, 4}) do s = s + v end return s'],
  ['local n = 0 for k, v in pairs({a = 1, b = 2, 3}) do n = n + v end return n'],
  ['local i = 0 while true do i = i + 1 if i > 5 then break end end return i'],
  ['local i = 0 repeat local done = i >= 3 i = i + 1 until done return i'],
  ['local function f(n) if n < 2 then return 1 end return n * f(n - 1) end return f(10)'],
  ['local f = function(...) return select("#", ...), ... end return {f(1, nil, 3)}'],
  ['local a, b, c = (function() return 1, 2, 3 end)() return {a, b, c}'],
  ['return {(function() return 1, 2 end)(), (function() return 3, 4 end)()}'],
  ['local t = setmetatable({}, {__index = function(t, k) return k .. "!" end}) return t.x'],
  [
    'local t = setmetatable({}, {__add = function(a, b) return 42 end, __call = function(_, x) return x end}) return {t + 1, t(7)}',
  ],
  ['return {10 % 3, -10 % 3, 5.5 % 2, 2 ^ 10, 7 / 2, 1 / 0 > 0}'],
  ['return {1 == 1.0, "1" == 1, "a" < "b", not nil, 1 and 2, nil or 3, false == nil}'],
  ['return {"10" + 5, "0x10" + 0, 10 .. 20, -"3"}'],
  [
    'return {tostring(1), tostring(1.5), tostring(1e15), tostring(1e14), tostring(0.1), tostring(-0), tostring(100000000000000)}',
  ],
  ['return {tonumber("12"), tonumber("1e2"), tonumber("0x1F"), tonumber("ff", 16), tonumber("z"), tonumber(" 7 ")}'],
  ['return {tostring(nil), tostring(true), type(1), type("x"), type({}), type(print), type(nil)}'],
  [
    'return {string.len("abc"), ("abc"):upper(), string.sub("hello", 2, -2), string.sub("hello", -3), string.rep("ab", 3), ("abc"):reverse()}',
  ],
  ['return {string.byte("ABC", 1, 3), string.char(72, 105), #"\\0\\1"}'],
  ['return {string.format("%5d|%-5d|%05d|%x|%X|%o", 42, 42, 42, 255, 255, 8)}'],
  ['return {string.format("%s %q %c %%", "a", "b\\n\\"c", 65)}'],
  ['return {string.format("%.2f %e %g %g %10.3f", 3.14159, 12345.678, 0.0001, 1e20, 2.5)}'],
  [
    'return {string.find("hello world", "wor"), string.find("hello", "l+"), string.find("a.b", ".", 1, true), string.find("abc", "x")}',
  ],
  [
    'return {string.match("key=value", "(%w+)=(%w+)"), string.match("2024-01-02", "%d+$"), string.match("  trim  ", "^%s*(.-)%s*$")}',
  ],
  [
    'return {string.match("hello", "()ll()"), string.match("f(a(b)c)d", "%b()"), string.match("THE (quick) fox", "%((%a+)%)")}',
  ],
  ['return {string.gsub("hello world", "o", "0"), string.gsub("abc", "%w", "%0%0"), string.gsub("abc", "", "-")}'],
  [
    'return {string.gsub("hello", "l", {l = "L"}), string.gsub("abc", "b", function(c) return c:upper() end), string.gsub("a,b", ",", "%%")}',
  ],
  ['local t = {} for k, v in string.gmatch("a=1, b=2", "(%w+)=(%w+)") do t[#t + 1] = k .. v end return t'],
  ['return {string.match("[tag]", "%[([^%]]*)%]"), string.match("x-y", "[%w-]+"), string.match("abc", "[^a-b]")}'],
  ['local t = {3, 1, 2} table.sort(t) return t'],
  ['local t = {3, 1, 2} table.sort(t, function(a, b) return a > b end) return t'],
  [
    'local t = {1, 2, 3} table.insert(t, 2, 9) local r = table.remove(t, 1) t[#t + 1] = r return {table.concat(t, ","), #t}',
  ],
  ['return {unpack({1, 2, 3}, 2)}'],
  [
    'return {math.floor(-1.5), math.ceil(1.2), math.abs(-3), math.max(1, 5, 3), math.min(4, 2), math.sqrt(16), math.huge > 1}',
  ],
  ['math.randomseed(42) return {math.random(10), math.random(100), math.random(1000)}'],
  ['return cjson.encode({1, 2, {a = true}})'],
  ['return cjson.encode({})'],
  ['return cjson.encode({x = "a\\"b/c\\n"})'],
  ['return cjson.encode(cjson.null)'],
  ['return cjson.encode({1.5, 1e20, -0.001, 100})'],
  [
    'local t = cjson.decode(ARGV[1]) return {t.a, t.b[2], t.c.d, tostring(t.n == cjson.null)}',
    [],
    ['{"a":1,"b":[1,2],"c":{"d":"x"},"n":null}'],
  ],
  ['return cjson.decode("\\"\\\\u00e9\\"")'],
  ['return {pcall(error, "boom")}'],
  ['local ok, e = pcall(function() error({code = 7}) end) return {ok, e.code}'],
  ['local ok, e = pcall(function() error("with level", 0) end) return e'],
  ['local ok, e = pcall(function() error("with place") end) return e'],
  ['return {select(2, "a", "b", "c")}'],
  ['local t = {} t.x = {} t.x.y = 5 return t.x.y'],
  ['local s = [[long\nstring]] return s'],
  ['local s = [==[a]]b]==] return s'],
  ['-- comment\nreturn 1 --[[ more\nlines ]] + 1'],
  ['return #"\\65\\066\\x"'],
  ['if 0 then return "zero is true" end'],
  ['return next({}) == nil'],
  ['return rawequal("a", "a")'],
  // What goes wrong
  ['return nonexistent'],
  ['x = 1'],
  ['redis.x = 1'],
  ['string.x = 1'],
  ['return 1 + nil'],
  ['local x return x + 1'],
  ['local t = {} return t.a.b'],
  ['local t = {} return t.f()'],
  ['local t = {} return t:f()'],
  ['return ("x")()'],
  ['return #nil'],
  ['return {} .. "x"'],
  ['return {} < {}'],
  ['return 1 < "2"'],
  ['return -{}'],
  ['\n\nerror("third line")'],
  ['error({err = "MINE own"})'],
  ['error()'],
  ['error(42)'],
  ['assert(false, "said so")'],
  ['assert(nil)'],
  ['return string.rep()'],
  ['return string.rep("x", "y")'],
  ['return ("x"):bad()'],
  ['return table.concat({1, {}, 3})'],
  ['return tonumber()'],
  ['for i = 1, "x" do end'],
  ['return setmetatable(1, {})'],
  ['return math.random(0)'],
  ['return unpack()'],
  ['return ipairs()'],
  ['return string.format("%d", "x")'],
  ['local function f() return f() + 1 end return 1'],
  // What does not compile
  ['return +'],
  ['if true then return 1'],
  ['local = 1'],
  ['return "open'],
  ['x ='],
  ['return 1 2'],
  ['for i = 1 do end'],
  ['return }'],
  ['a.b'],
  ['return 0x'],
  ['break'],
  ['while true do local f = function() break end end'],
  ['local x <const> = 1'],
  ['return "a\nb"'],
  ['goto x'],
  ['return 5 // 2'],
  ['return 1 & 2'],
  ['return (1'],
  ['local function f() return x end return f()'],
  ['local t = {} local function f() return t.x + 1 end return f()'],
]
