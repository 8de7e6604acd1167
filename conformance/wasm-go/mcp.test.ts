import { describe, expect, test } from 'vitest'
import { goMissing } from '../go-sdk/build-guest.ts'
import { guest, type PluginRun, runGuest } from './run-project.ts'

type Message = { readonly method: string; readonly id?: number | string; readonly params?: unknown }

const post = (message: Message | string, more = '') => {
  const text = typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message })
  return `  - request: { method: POST, url: http://127.0.0.1:10000/mcp, body: ${JSON.stringify(text)}${more} }\n`
}

const answer = (run: PluginRun) => {
  const response = run.report.steps[0]?.response
  const text = response !== undefined && 'text' in response.body ? response.body.text : ''
  return { status: response?.status, json: text.startsWith('{') ? JSON.parse(text) : text }
}

describe.skipIf(goMissing)('an MCP server of wasm-go', { timeout: 300_000 }, () => {
  const wasm = goMissing === undefined ? guest('mcp') : new Uint8Array()
  const config = 'defaultConfig: { server: { name: demo, config: { greeting: Hello } } }'
  const project =
    'gateway:\n  clusters:\n    other: { kind: fixed, headers: { content-type: image/png }, body: PNG, delay: 20ms }\n'
  const run = (steps: string, own = config) => runGuest({ wasm, config: own, project, steps: `steps:\n${steps}` })
  const call = (name: string, args: unknown) => post({ id: 1, method: 'tools/call', params: { name, arguments: args } })

  test('it speaks the version that the client asks for, or its newest', () => {
    const initialize = (protocolVersion: string) =>
      answer(run(post({ id: 'a', method: 'initialize', params: { protocolVersion } }))).json
    expect(initialize('2025-03-26')).toEqual({
      jsonrpc: '2.0',
      id: 'a',
      result: {
        protocolVersion: '2025-03-26',
        capabilities: { tools: {} },
        serverInfo: { name: 'demo', version: '1.0.0' },
      },
    })
    expect(initialize('1999-01-01').result.protocolVersion).toBe('2025-06-18')
  })

  test('tools are listed with their schemas, and only those that are allowed', () => {
    const { tools } = answer(run(post({ id: 1, method: 'tools/list' }))).json.result
    expect(tools.map(({ name }: { name: string }) => name)).toEqual(['greet', 'later', 'look-up'])
    expect(tools[0].inputSchema).toMatchObject({
      type: 'object',
      properties: { name: { type: 'string', description: 'Who is greeted' }, times: { type: 'integer' } },
      required: ['name'],
    })
    expect(tools[2].outputSchema).toEqual({ type: 'object' })
    const some = 'defaultConfig: { server: { name: demo }, allowTools: [greet] }'
    expect(answer(run(post({ id: 1, method: 'tools/list' }), some)).json.result.tools).toHaveLength(1)
    expect(answer(run(call('later', {}), some)).json.error.code).toBe(-32602)
  })

  test('a tool that answers at once, one that fails, one with other arguments, one that is not there', () => {
    const result = (steps: string) => answer(run(steps)).json
    expect(result(call('greet', { name: 'Ann' })).result).toEqual({
      content: [{ type: 'text', text: 'Hello Ann' }],
      isError: false,
    })
    expect(result(call('greet', {})).result).toEqual({
      content: [{ type: 'text', text: 'nobody to greet' }],
      isError: true,
    })
    expect(result(call('greet', { name: 1 })).error.code).toBe(-32602)
    expect(result(call('none', {})).error).toEqual({ code: -32602, message: 'Unknown tool: invalid_tool_name: none' })
  })

  test('a tool that turns the request into another one answers with what came back', () => {
    const made = run(call('look-up', { word: 'wasm' }))
    expect(answer(made).json.result).toMatchObject({
      content: [{ type: 'text', text: 'found wasm' }],
      structuredContent: { url: 'http://words.example.com/anything/wasm' },
    })
    expect(Object.fromEntries(made.report.steps[0]?.upstream?.[0]?.headers ?? [])).toMatchObject({
      ':method': 'GET',
      ':path': '/anything/wasm',
      'x-key': 'k',
    })
  })

  test('a tool that calls somebody holds the request until it has an answer', () => {
    const made = run(call('later', {}))
    expect(answer(made).json.result.content).toEqual([{ type: 'image', data: 'UE5H', mimeType: 'image/png' }])
    expect(made.report.steps[0]?.upstream).toEqual([])
  })

  test('what is no request of a server: other methods, no body, no JSON, notifications, unknown methods', () => {
    const status = (steps: string) => answer(run(steps)).status
    expect(status('  - request: { url: http://127.0.0.1:10000/mcp }\n')).toBe(405)
    expect(status('  - request: { method: POST, url: http://127.0.0.1:10000/mcp }\n')).toBe(400)
    expect(answer(run(post('hello'))).json.error.code).toBe(-32700)
    expect(status(post({ method: 'notifications/initialized' }))).toBe(202)
    expect(answer(run(post({ id: 2, method: 'resources/list' }))).json.error.code).toBe(-32601)
  })

  test.each([
    ['{}', 'server.name is missing in the configuration'],
    ['{ server: { name: other } }', 'mcp server other is not registered'],
    [
      '{ server: { name: demo }, tools: [{ name: rest }] }',
      "tools: this part of MCP servers is not in Proxyground's wasm-go",
    ],
  ])('the configuration %s does not start, and says why', (own, message) => {
    const { report } = run(post({ id: 1, method: 'ping' }), `defaultConfig: ${own}`)
    expect(report.logs.map(({ message: line }) => line).join('\n')).toContain(message)
  })
})

describe.skipIf(goMissing)('an MCP filter of wasm-go', { timeout: 300_000 }, () => {
  const wasm = goMissing === undefined ? guest('mcp-filter') : new Uint8Array()
  const project = `gateway:
  clusters:
    httpbin:
      kind: fixed
      headers: { content-type: application/json }
      body: '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"},{"name":"b"}]}}'
`
  const run = (steps: string) =>
    runGuest({ wasm, config: 'defaultConfig: { refused: drop }', project, steps: `steps:\n${steps}` })
  const lines = (made: PluginRun) => made.report.logs.map(({ message }) => message.replace(/^(\[[^\]]*\] )+/, ''))

  test('calls of tools are seen, and one is refused before the server sees it', () => {
    const seen = run(post({ id: 1, method: 'tools/call', params: { name: 'keep', arguments: { a: 1 } } }))
    expect(lines(seen)).toContain('call of keep with {"a":1}')
    expect(seen.report.steps[0]?.upstream).toHaveLength(1)
    const refused = run(post({ id: 7, method: 'tools/call', params: { name: 'drop' } }))
    expect(answer(refused).json).toMatchObject({ id: 7, result: { isError: true } })
    expect(refused.report.steps[0]?.upstream).toEqual([])
  })

  test('a list of tools is changed on its way back', () => {
    const made = run(post({ id: 'x', method: 'tools/list' }))
    expect(lines(made)).toContain('request {StringValue:x IntValue:0 IsString:true} tools/list')
    expect(lines(made)).toContain('list of 2 tools')
    expect(answer(made).json.result.tools).toEqual([])
  })

  test('what is no message goes to the fallback', () => {
    expect(lines(run(post('plain')))).toContain('no message: "plain"')
    expect(lines(run('  - request: { url: http://127.0.0.1:10000/get }\n'))).toContain('no message: ""')
  })
})
