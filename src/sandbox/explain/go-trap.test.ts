import { describe, expect, test } from 'vitest'
import { explain } from './explain.ts'
import { TraceBuilder } from './testing/trace-builder.ts'

/** A Go plugin that prints `stderr`, entry by entry, and traps in `callback`. */
function trapped(callback: string, stderr: readonly string[], frames: readonly string[] = []) {
  const trace = new TraceBuilder()
  trace.callback(callback, [], 'nothing', undefined, (inside) => {
    for (const message of stderr) inside.event({ type: 'log', level: 'error', message, via: 'stderr', shown: true })
    const stack = frames.map((name, offset) => ({ name, offset }))
    inside.event({ type: 'trap', callback, kind: 'unreachable', message: 'unreachable', frames: stack })
  })
  return explain(trace.view(), { profile: 'higress-2.2', plugins: [] }).find(({ rule }) => rule === 'trap')?.params
}

const nilPointer = 'runtime error: invalid memory address or nil pointer dereference'
const panicked = (message: string, ...frames: readonly (readonly [name: string, file: string, line: number])[]) => [
  'panic: ',
  message,
  ...['', '', 'goroutine ', '1', ' [', 'running', ']:'],
  ...frames.flatMap(([name, file, line]) => [name, '(', '0x1', ')', '\t', file, ':', String(line), ' +', '0x1', '']),
]

describe('a trap of a Go plugin', () => {
  const internal = 'github.com/higress-group/proxy-wasm-go-sdk/proxywasm/internal'

  test('with the real SDK and nothing registered is told from a nil pointer of the plugin', () => {
    const sdk = [`${internal}.(*state).createPluginContext`, 'internal/vmstate.go', 60] as const
    const own = ['main.(*vm).NewPluginContext', 'main.go', 12] as const
    const variant = (callback: string, ...frames: Parameters<typeof panicked>[1][]) =>
      trapped(callback, panicked(nilPointer, ...frames))?.variant
    expect(variant('proxy_on_context_create', sdk)).toBe('go-not-registered')
    expect(variant('proxy_on_context_create', own, sdk)).toBe('go-panic')
    expect(variant('proxy_on_configure', sdk)).toBe('go-panic')
  })

  test('takes the last panic that was printed, not earlier lines of the plugin', () => {
    const printed = ['panic: not really', ...panicked('real', ['main.f', 'main.go', 3])]
    expect(trapped('proxy_on_tick', printed, ['runtime.abort', 'main.f'])).toMatchObject({
      message: 'real',
      function: 'main.f',
      file: 'main.go',
      line: 3,
    })
  })

  test('that printed nothing keeps what the trap tells', () => {
    expect(trapped('proxy_on_tick', [], ['main.__T_.F'])).toMatchObject({
      message: 'unreachable',
      frames: ['main.(*T).F'],
    })
    expect(trapped('proxy_on_tick', [], ['main.__T_.F'])).not.toHaveProperty('variant')
  })

  test('of Go’s runtime itself is a fatal error', () => {
    const printed = [
      'fatal error: ',
      'concurrent map writes',
      '',
      '',
      ...panicked('', ['main.f', 'main.go', 3]).slice(4),
    ]
    expect(trapped('proxy_on_tick', printed)).toMatchObject({ variant: 'go-fatal', message: 'concurrent map writes' })
  })
})
