import { expose } from 'comlink'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CompileJob, CompileResult, CompileWorkerApi } from './api.ts'
import { createCompileClient } from './client.ts'

const job: CompileJob = { plugin: 'p', language: 'wat', mode: 'debug', sources: { 'plugin.wat': '(module)' } }

/** A worker in this thread: what is posted to it arrives at `api`, or nowhere. */
class OwnWorker extends EventTarget {
  readonly #channel = new MessageChannel()
  ended = false

  constructor(api: Partial<CompileWorkerApi> | undefined) {
    super()
    if (api !== undefined) expose(api, this.#channel.port2)
    this.#channel.port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent('message', { data }))
  }

  postMessage(message: unknown, transfer: StructuredSerializeOptions | Transferable[] = []): void {
    this.#channel.port1.postMessage(message, Array.isArray(transfer) ? transfer : [...(transfer.transfer ?? [])])
  }

  terminate(): void {
    this.ended = true
    this.#channel.port1.close()
  }

  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }))
  }
}

/** Asks a client whose first worker never answers and whose later ones do. */
function clientWithSilentFirst(deadlineMs?: number) {
  const workers: OwnWorker[] = []
  const done = async ({ id }: { readonly id: number }): Promise<CompileResult> => ({ kind: 'superseded', id })
  const client = createCompileClient(deadlineMs, () => {
    const worker = new OwnWorker(workers.length === 0 ? undefined : { compile: done })
    workers.push(worker)
    return worker
  })
  return { client, workers }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test.each([
  ['Uncaught RangeError: Out of memory', { reason: 'broken', message: 'Uncaught RangeError: Out of memory' }],
  ['', { reason: 'offline', message: 'The compile worker did not start.' }],
])(
  'a worker that ends with "%s" answers what it was asked, and the next build has a new one',
  async (words, answer) => {
    const { client, workers } = clientWithSilentFirst()
    const builds = [client.compile(job), client.compile({ ...job, plugin: 'q' })]
    workers[0]?.fail(words)
    expect(await Promise.all(builds)).toMatchObject([
      { kind: 'unavailable', ...answer },
      { kind: 'unavailable', ...answer },
    ])
    expect(workers[0]?.ended).toBe(true)
    expect(await client.compile(job)).toMatchObject({ kind: 'superseded' })
    expect(workers).toHaveLength(2)
    client.dispose()
  },
)

test('a worker that does not answer is ended when its time is over, and the next build has a new one', async () => {
  const { client, workers } = clientWithSilentFirst(1000)
  const build = client.compile(job)
  vi.advanceTimersByTime(999)
  expect(workers[0]?.ended).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await build).toMatchObject({ kind: 'unavailable', reason: 'timeout' })
  expect(workers[0]?.ended).toBe(true)
  expect(await client.compile(job)).toMatchObject({ kind: 'superseded' })
  client.dispose()
})

test('a worker is there, with the code of a language asked for, before the first build needs it', async () => {
  const watched: string[] = []
  const workers: OwnWorker[] = []
  const client = createCompileClient(undefined, () => {
    const worker = new OwnWorker({
      compile: async ({ id }) => ({ kind: 'superseded', id }),
      watchToolchain: async (language) => void watched.push(language),
    })
    workers.push(worker)
    return worker
  })
  client.warm('go')
  client.warm('go')
  expect(workers).toHaveLength(1)
  await client.compile({ plugin: 'p', language: 'go', sdk: 'higress', mode: 'debug', sources: {} })
  expect(workers).toHaveLength(1)
  expect(watched).toEqual(['go'])
})
