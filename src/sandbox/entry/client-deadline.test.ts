import { describe, expect, test } from 'vitest'
import type { RunRequest, RunResult } from './api.ts'
import { createClient } from './client.ts'
import type { GuestWorker } from './client-deadline.ts'

const finished: RunResult = { kind: 'invalid', problems: [] }
const request: RunRequest = { files: {}, modules: {}, scenario: { file: 'x' }, deadlineMs: 20 }

/** A worker whose guest never returns from its `entries`-th entry; `ended` lists what was terminated. */
function loopingWorker(ended: string[], name: string): GuestWorker {
  return {
    run: (_request, announced) =>
      new Promise(() => {
        announced?.({ plugin: 'p', callback: 'proxy_on_vm_start' })
        announced?.({ plugin: 'p', callback: 'proxy_on_request_headers' })
      }),
    terminate: () => ended.push(name),
  }
}

const goodWorker: GuestWorker = { run: () => Promise.resolve(finished), terminate: () => undefined }

describe('deadline of a run', () => {
  test('a guest that loops is named by the repeated run, both workers end, and the next run is fine', async () => {
    const ended: string[] = []
    const workers = [loopingWorker(ended, 'first'), loopingWorker(ended, 'second'), goodWorker]
    const client = createClient(() => Promise.resolve(workers.shift() ?? goodWorker))
    const result = await client.run(request)
    expect(result).toEqual({ kind: 'deadline', plugin: 'p', callback: 'proxy_on_request_headers', afterMs: 20 })
    expect(ended).toEqual(['first', 'second'])
    expect(await client.run(request)).toEqual(finished)
  })

  test('a run that is merely long finishes the second time', async () => {
    const ended: string[] = []
    const workers = [loopingWorker(ended, 'first'), goodWorker]
    const client = createClient(() => Promise.resolve(workers.shift() ?? goodWorker))
    expect(await client.run(request)).toEqual(finished)
    expect(ended).toEqual(['first'])
  })

  test('a worker that was started ahead is the one that runs', async () => {
    const started: GuestWorker[] = []
    const client = createClient(() => {
      started.push(goodWorker)
      return Promise.resolve(goodWorker)
    })
    client.warm()
    expect(await client.run(request)).toEqual(finished)
    expect(started).toHaveLength(1)
  })

  test('a worker that fails is ended and the failure is told', async () => {
    const ended: string[] = []
    const broken: GuestWorker = {
      run: () => Promise.reject(new Error('our fault')),
      terminate: () => ended.push('broken'),
    }
    const workers = [broken, goodWorker]
    const client = createClient(() => Promise.resolve(workers.shift() ?? goodWorker))
    await expect(client.run(request)).rejects.toThrow('our fault')
    expect(ended).toEqual(['broken'])
    expect(await client.run(request)).toEqual(finished)
  })
})
