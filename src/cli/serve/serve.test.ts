import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { runCommandLine } from '../program.ts'

/** Serves with these words, gives the ports that were printed, and ends it. */
async function serving(args: readonly string[], use: (ports: Readonly<Record<string, number>>) => Promise<void>) {
  let stop = (): void => {}
  const ports: Record<string, number> = {}
  const ready = new Promise<void>((resolve, reject) => {
    const out = (line: string): void => {
      const [, name, port] = /^(\w+): .*:(\d+)$/.exec(line) ?? []
      if (name !== undefined) ports[name] = Number(port)
      else resolve()
    }
    const stopped = new Promise<void>((ends) => {
      stop = ends
    })
    const output = { out, err: (line: string) => reject(new Error(line)) }
    const run = () => Promise.reject(new Error('nothing should run'))
    ended = runCommandLine(['serve', ...args], { output, run, version: '0', stop: stopped })
  })
  await ready
  try {
    await use(ports)
  } finally {
    stop()
  }
  expect(await ended).toBe(0)
}
let ended: Promise<number> | undefined

async function redis(port: number | undefined, text: string, until: string): Promise<string> {
  const socket = connect(port ?? 0, '127.0.0.1')
  socket.write(text)
  let said = ''
  socket.on('data', (data) => {
    said += data.toString('latin1')
    if (said.endsWith(until)) socket.end()
  })
  await once(socket, 'close')
  return said
}

test('httpbin answers real HTTP', async () => {
  await serving(['--httpbin', '0'], async ({ httpbin }) => {
    const base = `http://127.0.0.1:${httpbin}`
    const got = await fetch(`${base}/post?a=1`, { method: 'POST', body: '{"b":2}', headers: { 'x-one': 'two' } })
    expect(got.headers.get('server')).toBe('gunicorn/19.9.0')
    expect(await got.json()).toMatchObject({ args: { a: '1' }, json: { b: 2 }, headers: { 'X-One': 'two' } })
    expect(await (await fetch(`${base}/gzip`)).json()).toMatchObject({ gzipped: true })
    expect((await (await fetch(`${base}/image/png`)).arrayBuffer()).byteLength).toBe(8090)
    expect((await (await fetch(`${base}/stream/2`)).text()).split('\n')).toHaveLength(3)
    expect((await fetch(`${base}/status/418`, { method: 'PUT' })).status).toBe(418)
  })
})

test('Redis answers RESP in pieces, a connection each, with a password', async () => {
  await serving(['--redis', '0', '--redis-password', 'secret'], async (ports) => {
    expect(await redis(ports.redis, '*1\r\n$4\r\nping\r\n', '\r\n')).toBe('-NOAUTH Authentication required.\r\n')
    const words = 'auth secret\r\nset k v\r\nincr n\r\nget k\r\nquit\r\n'
    expect(await redis(ports.redis, words, 'never')).toBe('+OK\r\n+OK\r\n:1\r\n$1\r\nv\r\n+OK\r\n')
    expect(await redis(ports.redis, 'auth secret\r\nget k\r\n', 'v\r\n')).toBe('+OK\r\n$1\r\nv\r\n')
  })
})

test.each([
  [[], 'Say what to serve: --httpbin PORT, --redis PORT or both.'],
  [['--redis', '70000'], '--redis wants a port from 0 to 65535, not 70000.'],
])('serve %j says what is wrong', async (args, message) => {
  const err: string[] = []
  const output = { out: () => {}, err: (line: string) => void err.push(line) }
  const run = () => Promise.reject(new Error('nothing should run'))
  expect(await runCommandLine(['serve', ...args], { output, run, version: '0' })).toBe(2)
  expect(err).toEqual([message])
})

test('a port that is taken is told', async () => {
  await serving(['--redis', '0'], async ({ redis: port }) => {
    const err: string[] = []
    const output = { out: () => {}, err: (line: string) => void err.push(line) }
    const run = () => Promise.reject(new Error('nothing should run'))
    expect(await runCommandLine(['serve', '--httpbin', String(port)], { output, run, version: '0' })).toBe(2)
    expect(err).toEqual([`Port ${port} of 127.0.0.1 cannot be used: something listens there already.`])
  })
})
