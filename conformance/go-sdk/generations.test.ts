import { describe, expect, test } from 'vitest'
import { prepareModule } from '../../src/sandbox/vm/prepare.ts'
import { buildGuest, goMissing } from './build-guest.ts'
import { runGuest } from './run-guest.ts'

const steps = '  - request: { url: http://127.0.0.1:10000/get }'
const upstreamHeaders = (run: ReturnType<typeof runGuest>) => run.report.steps[0]?.upstream?.[0]?.headers

describe.skipIf(goMissing)('the generations of proxywasm', { timeout: 120_000 }, () => {
  test('proxy-wasm registers in init and is a 0_2_0 module', () => {
    const wasm = buildGuest('proxy-wasm')
    const prepared = prepareModule(wasm, { family: 'envoy' })
    expect(prepared.ok && [prepared.value.abi, prepared.value.exports.has('proxy_on_redis_call_response')]).toEqual([
      '0_2_0',
      false,
    ])
    const run = runGuest(wasm, { steps, profile: 'envoy-1.40' })
    expect(run.logs).toEqual(['6 true 127.0.0.1:10000 <nil>'])
    expect(upstreamHeaders(run)).toContainEqual(['x-generation', 'known'])
  })

  test('no module of this generation imports what only Higress has: it would not load in Envoy', () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(buildGuest('proxy-wasm'))))
    const higress = imports.filter(({ name }) => /redis|inject|upstream/.test(name))
    expect(higress).toEqual([])
  })

  test('tetratelabs registers in main, which runs after all init functions', () => {
    const run = runGuest(buildGuest('tinygo', { runMain: true }), { steps, profile: 'envoy-1.40' })
    expect(upstreamHeaders(run)).toContainEqual(['x-generation', 'known'])
  })

  test('without main nothing is registered, and the panic says what to do', () => {
    const run = runGuest(buildGuest('tinygo'), { steps, profile: 'envoy-1.40' })
    const printed = run.events.flatMap((event) =>
      event.type === 'log' && event.via === 'stderr' ? [event.message] : [],
    )
    expect(printed.join('')).toContain('a c-shared module does not run main, register in init')
  })

  test('the oldest form has contexts in proxywasm, made with the ids of root and stream', () => {
    const run = runGuest(buildGuest('oldest', { runMain: true }), {
      steps,
      config: { a: 1 },
      gateway: { clusters: { up: { kind: 'fixed', body: 'hi' } }, routes: [{ name: 'r', cluster: 'up' }] },
    })
    expect(run.logs).toEqual([
      'vm start 0',
      'plugin start {"a":1} <nil>',
      'root context not found: 99',
      '0 [:authority 127.0.0.1:10000] <nil> {"a":1}',
      'body hi false <nil>',
      'body  true error status returned by host: not found',
      'log',
      'done',
    ])
    expect(upstreamHeaders(run)).toContainEqual(['x-oldest', 'yes'])
  })
})
