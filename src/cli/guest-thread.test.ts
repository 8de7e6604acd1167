import { describe, expect, it } from 'vitest'
import type { RunRequest } from '../sandbox/entry/api.ts'
import { runInThread } from './guest-thread.ts'

const request: RunRequest = { files: {}, modules: {}, scenario: { file: 'a' } }

/** A thread's script as a data URL. `workerData.announce` tells the second run. */
const script = (body: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads';\n${body}`)}`,
  )

const result = `parentPort.postMessage({ kind: 'result', result: { kind: 'invalid', problems: [] } });`
const entry = (callback: string) =>
  `if (workerData.announce) parentPort.postMessage({ kind: 'entry', entry: { plugin: 'p', callback: '${callback}' } });`

describe('a guest thread', { timeout: 60_000 }, () => {
  it('gives its result', async () => {
    expect(await runInThread(script(result), request)).toEqual({ kind: 'invalid', problems: [] })
  })

  it('that loops is ended, and the second run names the entry', async () => {
    const loops = script(`${entry('proxy_on_vm_start')}${entry('proxy_on_request_headers')} for (;;);`)
    expect(await runInThread(loops, { ...request, deadlineMs: 300 })).toEqual({
      kind: 'deadline',
      plugin: 'p',
      callback: 'proxy_on_request_headers',
      afterMs: 300,
    })
  })

  it('that is only slow in sum finishes when each entry is quick', async () => {
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);'
    const slow = script(`${entry('a')}${wait}${entry('b')}${wait}${entry('c')}${wait}${result}`)
    expect(await runInThread(slow, { ...request, deadlineMs: 3000 })).toEqual({ kind: 'invalid', problems: [] })
  })

  it('that throws is an error of ours', async () => {
    await expect(runInThread(script(`throw new Error('broken')`), request)).rejects.toThrow('broken')
  })
})
