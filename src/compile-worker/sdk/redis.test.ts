import { describe, expect, test } from 'vitest'
import { exchange, get, logsOf, runGuest } from './test-guest.ts'

const IMPORTS = `import { bytes, HttpContext, Json, Log, proxywasm, RespType, RespValue, types, wrapper } from '@proxyground/sdk/higress'\n`

/** A plugin whose requests wait for what `ask` sends; `reply` answers the client. */
const asking = (ask: string, init = "client.Init('', '', 1000)") => `${IMPORTS}
class Config {}
const client = wrapper.NewRedisClusterClient(new wrapper.FQDNCluster('redis.dns', 6379))
function parse(json: Json, config: Config, log: Log): Error | null { return ${init} }
function reply(text: string): void { proxywasm.SendHttpResponse(200, [], bytes(text), -1) }
function onHeaders(ctx: HttpContext, config: Config, log: Log): types.Action {
  const error = ask()
  if (error !== null) reply('not sent: ' + error.message)
  return types.HeaderStopAllIterationAndWatermark
}
${ask}
wrapper.SetCtx<Config>('asks', [wrapper.ParseConfigBy<Config>(parse), wrapper.ProcessRequestHeadersBy<Config>(onHeaders)])
`

const clusters = (settings = 'kind: redis') => `  clusters:
    outbound|6379||redis.dns: { ${settings} }`

async function answer(source: string, gateway = clusters()): Promise<string | undefined> {
  const report = await runGuest({ source, gateway, steps: get })
  return bodyOf(report)
}

const bodyOf = (report: Awaited<ReturnType<typeof runGuest>>) => {
  const body = exchange(report).response?.body
  return body !== undefined && 'text' in body ? body.text : undefined
}

/** What the client is told of one command's answer. */
const told = (call: string) =>
  asking(`function ask(): Error | null { return ${call} }
function onAnswer(ctx: HttpContext, response: RespValue): void {
  const failed = response.Error()
  reply(failed !== null ? 'refused: ' + failed.message : (response.IsNull() ? 'nil ' : '') + response.String())
}`)

describe('the Redis client of the Higress layer', { timeout: 120_000 }, () => {
  test.each([
    [`client.Incr('n', onAnswer)`, '1'],
    [`client.Get('nobody', onAnswer)`, 'nil '],
    [`client.Command(['set', 'k', '空'], onAnswer)`, 'OK'],
    [`client.HGetAll('nobody', onAnswer)`, '[]'],
    [`client.Command(['nonsense'], onAnswer)`, "refused: ERR unknown command 'nonsense', with args beginning with: "],
    [`client.Eval('return {KEYS[1], ARGV[1], 7, {1, 2}}', ['a'], ['b'], onAnswer)`, '[a b 7 [1 2]]'],
    [`client.Eval('return redis.call("zadd", KEYS[1], 2, "x", 1, "y")', ['z'], [], onAnswer)`, '2'],
  ])('%s is answered with %j', async (call, expected) => {
    expect(await answer(told(call))).toBe(expected)
  })

  test('keeps its numbers, lists and pairs in order, and may have no callback', async () => {
    const source = asking(`function ask(): Error | null {
  client.MSet([['a', '1'], ['b', '2']], null)
  client.RPush('list', ['x', 'y', 'z'], null)
  client.ZAdd('board', [['2', 'two'], ['1.5', 'one']], null)
  client.HMSet('hash', [['f', '1'], ['g', '2']], null)
  client.HIncrByFloat('hash', 'f', 0.5, null)
  client.Command(['mget', 'a', 'b'], note)
  client.LRange('list', 0, -1, note)
  client.ZRange('board', 0, -1, note)
  client.HGetAll('hash', note)
  return client.IncrBy('a', 41, last)
}
let seen = ''
function note(ctx: HttpContext, response: RespValue): void { seen += response.String() + ' ' + response.Array().length.toString() + '; ' }
function last(ctx: HttpContext, response: RespValue): void {
  reply(seen + response.Integer().toString() + (response.Type() == RespType.Integer ? ' integer' : ' other'))
}`)
    expect(await answer(source)).toBe('[1 2] 2; [x y z] 3; [one two] 2; [f 1.5 g 2] 4; 42 integer')
  })

  test('selects a database, signs in, and hears of a wrong password', async () => {
    const say = `function ask(): Error | null { return client.Set('k', 'v', onAnswer) }
function onAnswer(ctx: HttpContext, response: RespValue): void { reply(response.String()) }`
    const secured = clusters('kind: redis, password: secret')
    const options = "client.Init('', 'secret', 1000, database())"
    const database = `${say}\nfunction database(): wrapper.RedisOptions { const o = new wrapper.RedisOptions(); o.DataBase = 2; return o.DisableBuffer() }`
    expect(await answer(asking(database, options), secured)).toBe('OK')
    expect(await answer(asking(say), secured)).toMatch(/^(NOAUTH|WRONGPASS|ERR)/)
  })

  test('tells the callback when there is no connection, and the caller when the cluster is unknown', async () => {
    const source = told(`client.Incr('n', onAnswer)`)
    expect(await answer(source, clusters('kind: unreachable'))).toBe('refused: cannot connect to redis cluster')
    const report = await runGuest({ source, steps: get })
    expect(bodyOf(report)).toMatch(/^not sent: redis init of outbound\|6379\|\|redis\.dns failed: /)
    expect(logsOf(report).join('\n')).toContain('will retry later')
  })

  test('hands the callback the request that asked', async () => {
    const source = `${IMPORTS}
class Config { left: i64 = 0 }
const client = wrapper.NewRedisClusterClient(new wrapper.FQDNCluster('redis.dns', 6379))
function parse(json: Json, config: Config, log: Log): Error | null {
  config.left = json.Get('qpm').Int()
  return client.Init('', '', 1000)
}
function onHeaders(ctx: HttpContext, config: Config, log: Log): types.Action {
  return client.Incr('n', count) === null ? types.HeaderStopAllIterationAndWatermark : types.HeaderContinue
}
function count(ctx: HttpContext, response: RespValue): void {
  const left = wrapper.ConfigOf<Config>(ctx).left - response.Integer()
  if (left < 0) proxywasm.SendHttpResponse(429, [], bytes('Too many requests'), -1)
  else proxywasm.ResumeHttpRequest()
}
wrapper.SetCtx<Config>('limit', [wrapper.ParseConfigBy<Config>(parse), wrapper.ProcessRequestHeadersBy<Config>(onHeaders)])
`
    const report = await runGuest({ source, gateway: clusters(), config: '{ qpm: 1 }', steps: `${get}\n${get}` })
    expect([exchange(report, 0).response?.status, exchange(report, 1).response?.status]).toEqual([200, 429])
  })
})
