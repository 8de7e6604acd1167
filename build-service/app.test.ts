import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from './app.ts'
import { listenOnFreePort } from './listen.ts'

let folder = ''
let app: ReturnType<typeof createApp>

beforeAll(() => {
  folder = `${mkdtempSync(join(tmpdir(), 'proxyground-'))}/`
  mkdirSync(`${folder}assets`)
  const files = {
    'index.html': '<title>static</title>',
    'index.server.html': '<title>served</title>',
    'assets/index-AbCd_-12.js': 'console.log(1)',
    'assets/sandbox-worker-AbCd1234.js': 'self.onmessage = null',
  }
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(folder + name, text)
    writeFileSync(`${folder}${name}.br`, brotliCompressSync(text))
  }
  mkdirSync(`${folder}bundle`)
  writeFileSync(`${folder}bundle/link-0123456789abcdef.wasm.br`, brotliCompressSync('a linker'))
  writeFileSync(`${folder}bundle/secret.json`, '{}')
  app = createApp({ webRoot: folder, goToolchain: `${folder}bundle` })
})

afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

describe('the server', () => {
  test.each(['/', '/index.html', '/?x=1'])(
    'answers %s with the page whose workers bring their own policy',
    async (url) => {
      const reply = await app.inject({ url })
      expect(reply.statusCode).toBe(200)
      expect(reply.body).toContain('served')
      expect(reply.headers['cache-control']).toBe('no-cache')
      expect(reply.headers['content-security-policy']).toContain("connect-src 'self'")
      expect(reply.headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(reply.headers['cross-origin-embedder-policy']).toBe('require-corp')
      expect(reply.headers['x-content-type-options']).toBe('nosniff')
      expect(reply.headers['referrer-policy']).toBe('no-referrer')
    },
  )

  test('sends the compressed copy to who takes it, and tells caches so', async () => {
    const url = '/assets/index-AbCd_-12.js'
    const compressed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    const plain = await app.inject({ url })
    expect(compressed.headers['content-encoding']).toBe('br')
    expect(compressed.headers['content-type']).toContain('javascript')
    expect(compressed.headers.vary).toBe('accept-encoding')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body).toBe('console.log(1)')
    expect(plain.headers['cache-control']).toContain('immutable')
  })

  test('gives the sandbox worker a policy that reaches nothing', async () => {
    const reply = await app.inject({ url: '/assets/sandbox-worker-AbCd1234.js' })
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'",
    )
    expect(reply.headers['cross-origin-embedder-policy']).toBe('require-corp')
  })

  test.each(['/nope', '/../package.json', '/%2e%2e/package.json', '/assets/', '/.sources'])(
    'serves nothing at %s',
    async (url) => {
      const reply = await app.inject({ url })
      expect(reply.statusCode).toBeGreaterThanOrEqual(400)
      expect(reply.headers['content-security-policy']).toBeDefined()
    },
  )

  test('takes the next free port when one is busy', async () => {
    const first = createApp({ webRoot: folder })
    const second = createApp({ webRoot: folder })
    try {
      const port = await listenOnFreePort(first, 0)
      const next = await listenOnFreePort(second, port)
      expect(next).toBeGreaterThan(port)
      const answer = await fetch(`http://127.0.0.1:${next}/api/health`)
      expect(await answer.json()).toEqual({ name: 'proxyground', ok: true })
    } finally {
      await first.close()
      await second.close()
    }
  })

  test('sends a file of the Go toolchain compressed, or unpacked to who takes no brotli', async () => {
    const url = '/toolchains/go/link-0123456789abcdef.wasm'
    const compressed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    const plain = await app.inject({ url })
    expect(compressed.headers['content-encoding']).toBe('br')
    expect(compressed.headers['content-type']).toBe('application/wasm')
    expect(compressed.headers['cache-control']).toContain('immutable')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body).toBe('a linker')
  })

  test.each([
    '/toolchains/go/secret.json',
    '/toolchains/go/manifest.json',
    '/toolchains/go/link-0000000000000000.wasm',
    '/toolchains/go/..%2findex.html',
  ])('has nothing at %s', async (url) => {
    expect((await app.inject({ url })).statusCode).toBe(404)
  })

  test('sends the manifest packed to who takes that', async () => {
    const file = `${folder}bundle/manifest.json`
    writeFileSync(file, '{"key":"k"}')
    const url = '/toolchains/go/manifest.json'
    const packed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    const plain = await app.inject({ url })
    rmSync(file)
    expect(packed.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe('{"key":"k"}')
    expect(plain.json()).toEqual({ key: 'k' })
  })

  test('says how the build of the Go toolchain stands, and when it was ended', async () => {
    const state = async () => (await app.inject({ url: '/toolchains/go/state.json' })).json()
    const write = (value: object) => writeFileSync(`${folder}bundle/state.json`, JSON.stringify(value))
    expect(await state()).toMatchObject({ kind: 'absent' })
    const building = { kind: 'building', step: 'Packing', done: 4, total: 5 }
    write({ ...building, process: process.pid })
    expect(await state()).toMatchObject(building)
    // No process has this id: Linux and macOS count to four million at most.
    write({ ...building, process: 2 ** 30 })
    expect(await state()).toMatchObject({ kind: 'absent' })
  })
})
