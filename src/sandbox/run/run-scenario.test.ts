import { describe, expect, test } from 'vitest'
import { callbacks, eventsOf, guest, runTest } from './test-run.ts'

const addHeader = guest({
  imports: '(import "env" "proxy_add_header_map_value" (func $add (param i32 i32 i32 i32 i32) (result i32)))',
  functions: `(func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
    (drop (call $add (i32.const 0) (i32.const 1024) (i32.const 5) (i32.const 1280) (i32.const 5))) (i32.const 0))
    (func (export "proxy_on_log") (param i32))
    (func (export "proxy_on_done") (param i32) (result i32) (i32.const 1))
    (func (export "proxy_on_delete") (param i32))`,
  data: ['Hello', 'world'],
})

const get = '  - request: { url: http://127.0.0.1:10000/get }'

describe('one plugin, one GET', () => {
  test('the header reaches httpbin and the expectations hold', () => {
    const run = runTest({
      plugins: { hello: addHeader },
      steps: `${get}
    expect: { status: 200, upstream: [{ headers: { hello: world } }], details: via_upstream, outcome: response }`,
    })
    expect(run.report.failures).toEqual([])
    expect(run.report.passed).toBe(true)
    expect(callbacks(run)).toEqual(['A.request_headers(6,1)', 'A.log()', 'A.done()', 'A.delete()'])
    expect(eventsOf(run, 'stream.end')).toMatchObject([{ ended: 'complete', details: 'via_upstream' }])
  })

  test('an expectation that does not hold fails with its place', () => {
    const run = runTest({ plugins: { hello: addHeader }, steps: `${get}\n    expect: { status: 201 }` })
    expect(run.report.passed).toBe(false)
    expect(run.report.failures).toMatchObject([{ step: 0, path: 'status', expected: 201, actual: 200 }])
  })

  test('the same project gives the same trace', () => {
    const once = runTest({ plugins: { hello: addHeader }, steps: get })
    const again = runTest({ plugins: { hello: addHeader }, steps: get })
    expect(once.report.traceHash).toMatch(/^[0-9a-f]{16}$/)
    expect(again.report).toEqual(once.report)
  })
})
