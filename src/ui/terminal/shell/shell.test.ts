import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Effect, interpret, type World } from './commands.ts'
import { complete, sharedPrefix } from './complete.ts'
import { parseCurl } from './curl-options.ts'
import { printTransfer, type Transfer } from './curl-output.ts'
import { emptyLine, type LineState, typeKey } from './line-editor.ts'
import { durationMs, fullUrl, sessionScenario } from './session.ts'
import { parseLine } from './words.ts'

const world: World = {
  files: { 'proxyground.yaml': 'version: 1\n', 'plugins/a/plugin.ts': 'x', 'body.json': '{"a":\n1}' },
  plugins: ['a'],
  ports: [10000, 12345],
}
const run = (line: string): readonly Effect[] => {
  const parsed = parseLine(line)
  return parsed.kind === 'commands' ? parsed.commands.flatMap((command) => interpret(command, world)) : []
}
const curl = (line: string) => {
  const parsed = parseLine(`curl ${line}`)
  const words = parsed.kind === 'commands' ? (parsed.commands[0]?.words.slice(1) ?? []) : []
  const result = parseCurl(words, (path) => world.files[path])
  if (result.kind === 'error') throw new Error(result.message)
  return result.command
}

describe('lines', () => {
  test('quotes, escapes and continued lines are words as in a shell', () => {
    const parsed = parseLine(
      `curl -H 'x-key: a b' \\\n  -d "{\\"n\\":\\"alpha\\"}" localhost:10000/post?a=1&&echo done`,
    )
    expect(parsed).toMatchObject({
      kind: 'commands',
      commands: [
        {
          words: ['curl', '-H', 'x-key: a b', '-d', '{"n":"alpha"}', 'localhost:10000/post?a=1'],
          onlyAfterSuccess: false,
        },
        { words: ['echo', 'done'], onlyAfterSuccess: true },
      ],
    })
  })
  test.each(["curl -d '{", 'curl \\', 'echo "a'])('%s waits for more', (line) => {
    expect(parseLine(line).kind).toBe('incomplete')
  })
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  test.each(['curl x | jq .', 'curl x > out.txt', 'curl x &', 'curl ${}', 'curl ${x'])(
    '%s says what is not supported',
    (line) => {
      expect(parseLine(line).kind).toBe('unsupported')
    },
  )
  test.each([
    ['PLUGIN_NAME=x make build', ['make', 'build']],
    ['GOOS=wasip1 GOARCH=wasm go build', ['go', 'build']],
    ['A=1', ['A=1']],
  ])('%s: assignments are no part of the command', (line, words) => {
    expect(parseLine(line)).toMatchObject({ commands: [{ words }] })
  })
  test('no line makes it throw', () => {
    fc.assert(fc.property(fc.string(), (line) => void run(line)))
  })
})

describe('curl options', () => {
  test('-d makes a POST with a form type; several are joined', () => {
    const command = curl('-d a=1 -d b=2 localhost:10000/post')
    expect(command).toMatchObject({ method: 'POST', body: 'a=1&b=2' })
    expect(command.headers).toContainEqual(['content-type', 'application/x-www-form-urlencoded'])
  })
  test('files of the project are read, and nothing else is', () => {
    expect(curl('-d @body.json x:10000').body).toBe('{"a":1}')
    expect(curl('--data-binary @body.json x:10000').body).toBe('{"a":\n1}')
    expect(curl('--data-raw @body.json x:10000').body).toBe('@body.json')
    expect(() => curl('-d @/etc/passwd x:10000')).toThrow(/26|reading a file/)
  })
  test('curl sends its own accept and user-agent, and -H takes them away', () => {
    expect(curl('x:10000').headers).toEqual([
      ['user-agent', 'curl/8.5.0'],
      ['accept', '*/*'],
    ])
    expect(curl("-A me -H 'accept:' x:10000").headers).toEqual([['user-agent', 'me']])
    expect(curl("-H 'accept: text/html' x:10000").headers).toContainEqual(['accept', 'text/html'])
  })
  test('flags can be joined, and values can stick to their letter', () => {
    expect(curl('-sSi -XPUT -u a:b -m2 --http2 x:10000')).toMatchObject({
      silent: true,
      showError: true,
      include: true,
      method: 'PUT',
      maxTime: 2000,
      protocol: 'h2',
    })
    expect(curl('-u a:b x:10000').headers).toContainEqual(['authorization', 'Basic YTpi'])
  })
  test('-I asks with HEAD, -G puts the data into the address', () => {
    expect(curl('-I x:10000').method).toBe('HEAD')
    expect(curl('-G -d a=1 x:10000/get').urls).toEqual(['x:10000/get?a=1'])
  })
  test.each([
    ['--nope x:10000', 'curl: option --nope: is unknown'],
    ['-H', 'curl: option -H: requires parameter'],
    ['', 'curl: (2) no URL specified'],
  ])('%s is refused in curl’s own words', (line, message) => {
    expect(() => curl(line)).toThrow(message)
  })
})

describe('commands', () => {
  test('curl to a port of the gateway is a request; to another one it fails to connect', () => {
    expect(run('curl localhost:10000/get example.com:12345/ip')).toMatchObject([
      { kind: 'request', url: 'localhost:10000/get' },
      { kind: 'request', url: 'example.com:12345/ip' },
    ])
    expect(run('curl localhost:9/get')).toMatchObject([{ kind: 'say', key: 'terminal.port', code: 7 }])
    expect(run('curl https://localhost:10000/')).toMatchObject([{ key: 'terminal.https' }])
  })
  test.each([
    ['go mod init wasm-demo-go', ['terminal.doc.modules']],
    ['GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -o main.wasm ./', ['terminal.doc.goBuild', 'build']],
    ['PLUGIN_NAME=x make build', ['terminal.doc.make', 'build']],
    ['docker compose up', ['terminal.doc.compose', 'build']],
    ['kubectl apply -f wasmplugin.yaml', ['terminal.doc.kubectl']],
    ['docker-compose down', ['terminal.doc.composeDown']],
    ['docker compose logs -f', ['logs']],
    ['tinygo build -o hello.wasm -scheduler=none -target=wasi main.go', ['terminal.doc.tinygo', 'build']],
    ['redis-cli get k', ['redis']],
    ['redis-cli', ['terminal.redis.interactive']],
    ['redis-cli --scan', ['terminal.redis.option']],
    ['make test PLUGIN_NAME=x', ['test']],
    ['frobnicate', ['terminal.unknown']],
    ['sleep 1.5', ['advance']],
    ['sleep', ['terminal.usage']],
    ['export test login', ['export-test']],
  ])('%s has an answer', (line, answers) => {
    expect(run(line).map((effect) => (effect.kind === 'say' ? effect.key : effect.kind))).toEqual(answers)
  })
  test('redis-cli takes its options apart and becomes a step of the session', () => {
    const [effect] = run('redis-cli -h redis.static -p 6379 -a "se cret" -n 2 set k "a b"')
    expect(effect).toEqual({
      kind: 'redis',
      command: { cluster: 'redis.static', password: 'se cret', database: 2, words: ['set', 'k', 'a b'] },
    })
    if (effect?.kind !== 'redis') return
    expect(sessionScenario('s', [effect])).toBe(`name: "s"
steps:
  - redis:
      cluster: "redis.static"
      password: "se cret"
      database: 2
      command: ["set", "k", "a b"]
`)
  })
  test('ls and cat see the project and nothing else', () => {
    expect(run('ls')).toEqual([{ kind: 'print', text: 'body.json\nplugins/\nproxyground.yaml\n' }])
    expect(run('ls plugins/a')).toEqual([{ kind: 'print', text: 'plugin.ts\n' }])
    expect(run('cat ./proxyground.yaml')).toEqual([{ kind: 'print', text: 'version: 1\n' }])
    expect(run('cat __proto__ ../x')).toMatchObject([{ key: 'terminal.noFile' }, { key: 'terminal.noFile' }])
  })
})

describe('what curl prints', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const good: Transfer = {
    url: 'localhost:10000/get',
    requestHeaders: [['accept', '*/*']],
    response: {
      headers: [
        [':status', '200'],
        ['content-type', 'text/plain'],
      ],
      body: bytes('hello'),
      trailers: [],
    },
    answerer: 'gateway',
    ended: 'complete',
    milliseconds: 5,
  }
  test('the body alone, with headers, or the headers alone', () => {
    expect(printTransfer(curl('x:10000'), good).out).toBe('hello')
    expect(printTransfer(curl('-i x:10000'), good).out).toBe('HTTP/1.1 200 OK\ncontent-type: text/plain\n\nhello')
    expect(printTransfer(curl('-I x:10000'), good).out).toBe('HTTP/1.1 200 OK\ncontent-type: text/plain\n\n')
    expect(printTransfer(curl('-i --http2 x:10000'), good).out).toMatch(/^HTTP\/2 200 \n/)
  })
  test('-o /dev/null and -w', () => {
    const printed = printTransfer(
      curl('-s -o /dev/null -w "%{http_code} %{size_download} %{nope} %%\\n" x:10000'),
      good,
    )
    expect(printed).toEqual({ out: '200 5 %{nope} %\n', error: '', failure: '', code: 0 })
  })
  test.each([
    ['gateway', '418', 'Unknown'],
    ['httpbin', '418', "I'M A TEAPOT"],
    ['httpbin', '404', 'NOT FOUND'],
  ] as const)('the status line has the words of who wrote it: %s %s %s', (answerer, status, words) => {
    const reply: Transfer = {
      ...good,
      answerer,
      response: { headers: [[':status', status]], body: bytes(''), trailers: [] },
    }
    expect(printTransfer(curl('-I x:10000'), reply).out).toBe(`HTTP/1.1 ${status} ${words}\n\n`)
  })
  test('-v tells both sides on standard error', () => {
    const { error } = printTransfer(curl('-v localhost:10000/get'), good)
    expect(error).toContain('> GET /get HTTP/1.1\n> Host: localhost:10000\n> Accept: */*\n> \n')
    expect(error).toContain('< HTTP/1.1 200 OK\n< content-type: text/plain\n< \n')
  })
  test.each([
    [{ ...good, response: undefined, ended: 'reset' }, 'x:10000', 52],
    [{ ...good, ended: 'reset' }, 'x:10000', 56],
    [{ ...good, ended: 'truncated' }, 'x:10000', 18],
    [{ ...good, response: undefined, ended: 'client-abort' }, '-m 1 x:10000', 28],
  ] as const)('a transfer that fails has curl’s exit code', (transfer, line, code) => {
    const printed = printTransfer(curl(line), transfer)
    expect(printed.code).toBe(code)
    expect(printed.failure).toContain(`curl: (${code})`)
    expect(printTransfer(curl(`-s ${line}`), transfer).failure).toBe('')
  })
  test('-f hides the body of an error', () => {
    const failed: Transfer = { ...good, response: { headers: [[':status', '404']], body: bytes('no'), trailers: [] } }
    expect(printTransfer(curl('-f x:10000'), failed)).toMatchObject({ out: '', code: 22 })
  })
  test('bytes that are no text are not thrown at the terminal', () => {
    const binary: Transfer = { ...good, response: { headers: [], body: Uint8Array.of(0xff, 0x1b), trailers: [] } }
    expect(printTransfer(curl('x:10000'), binary).out).toContain('Binary output')
  })
})

describe('sessions', () => {
  test('a session is one scenario that grows', () => {
    const command = curl(`-d '{"a": "\\"}' -m 2 localhost:10000/post`)
    const text = sessionScenario('s', [
      { kind: 'request', url: 'localhost:10000/post', command },
      { kind: 'advance', ms: 500 },
    ])
    expect(text).toContain('url: "http://localhost:10000/post"')
    expect(text).toContain('method: "POST"')
    expect(text).toContain('abort: { after: 2000ms }')
    expect(text).toContain('- advance: 500ms')
  })
  test.each([
    ['localhost:10000', 'http://localhost:10000/'],
    ['localhost:10000?a=1', 'http://localhost:10000/?a=1'],
    ['http://a:10000/x#y', 'http://a:10000/x'],
  ])('%s means %s', (typed, full) => expect(fullUrl(typed)).toBe(full))
  test.each([
    ['5', 5000],
    ['200ms', 200],
    ['1m', 60_000],
    ['x', undefined],
    ['-1', undefined],
  ])('sleep %s', (text, ms) => expect(durationMs(text)).toBe(ms))
})

describe('typing', () => {
  const type = (keys: readonly string[], history: readonly string[] = []): LineState =>
    keys.reduce((state, key) => typeKey(state, key).state, emptyLine(history))
  test.each([
    [['a', 'b', '\x1b[D', 'x'], 'axb'],
    [['a', 'b', '\x7f'], 'a'],
    [['a', ' ', 'b', '\x17'], 'a '],
    [['a', 'b', '\x01', '\x0b'], ''],
    [['🙂', '\x7f'], ''],
    [['a', '\x1b[5~'], 'a'],
    [['你', '好', '\x1b[D', '\x7f'], '好'],
  ])('%j gives %s', (keys, text) => expect(type(keys).text).toBe(text))
  test('history goes up and down and keeps what was being typed', () => {
    expect(type(['n', '\x1b[A'], ['one', 'two']).text).toBe('two')
    expect(type(['n', '\x1b[A', '\x1b[A', '\x1b[B', '\x1b[B'], ['one', 'two']).text).toBe('n')
  })
  test('Ctrl+R finds, Escape goes back', () => {
    expect(type(['\x12', 'o'], ['one', 'two', 'x']).text).toBe('two')
    expect(type(['\x12', 'o', '\x12'], ['one', 'two', 'x']).text).toBe('one')
    expect(type(['d', '\x12', 'o', '\x1b'], ['one']).text).toBe('d')
  })
  test('Enter submits and remembers once', () => {
    const event = typeKey({ ...emptyLine(['ls']), text: 'ls', caret: 2 }, '\r')
    expect(event).toMatchObject({ kind: 'submit', text: 'ls', state: { text: '', history: ['ls'] } })
  })
  test('the caret stays inside the line, whatever is typed', () => {
    const keys = fc.constantFrom(
      'a',
      '🙂',
      '\x7f',
      '\x1b[D',
      '\x1b[C',
      '\x17',
      '\x15',
      '\x0b',
      '\x1b[A',
      '\x1b[B',
      '\x12',
      '\x1b[3~',
    )
    fc.assert(
      fc.property(fc.array(keys), (typed) => {
        const { text, caret } = type(typed, ['one two', 'three'])
        expect(caret).toBeGreaterThanOrEqual(0)
        expect(caret).toBeLessThanOrEqual(text.length)
      }),
    )
  })
  test('Tab knows commands, options, addresses and files', () => {
    expect(complete('cu', world).options).toEqual(['curl'])
    expect(complete('curl --da', world).options).toContain('--data-raw')
    expect(complete('curl localhost:10000/st', world).options).toEqual(['localhost:10000/status/'])
    expect(complete('cat plug', world).options).toEqual(['plugins/a/plugin.ts'])
    expect(sharedPrefix(['--data', '--data-raw'])).toBe('--data')
  })
})
