import { describe, expect, test } from 'vitest'
import type { LoadReason, LogLevel } from '../../model/trace.ts'
import { english } from '../../text/catalogue.ts'
import { chinese } from '../../text/chinese.ts'
import { createText } from '../../text/text.ts'
import { describeFinding } from './describe-finding.ts'
import { explained, inCallback, requestHeaders, single } from './testing/explained.ts'
import { number, TraceBuilder } from './testing/trace-builder.ts'

describe('modules that do not load', () => {
  const reasons: readonly [LoadReason, string][] = [
    [{ code: 'not-wasm' }, 'not-wasm'],
    [{ code: 'command-module' }, 'command-module'],
    [{ code: 'unknown-abi', marker: 'proxy_abi_version_0_2_100' }, 'higress-abi'],
    [{ code: 'unknown-abi', marker: 'proxy_abi_version_9' }, 'unknown-abi'],
    [{ code: 'missing-import', module: 'env', name: 'abort' }, 'assemblyscript-abort'],
    [{ code: 'missing-import', module: 'env', name: 'proxy_redis_call' }, 'higress-import'],
    [{ code: 'missing-import', module: 'wasi_snapshot_preview1', name: 'sock_open' }, 'unknown-wasi'],
    [{ code: 'missing-import', module: 'env', name: 'x' }, 'missing-import'],
    [{ code: 'bad-signature', name: 'proxy_on_tick', expected: '(i32)', actual: '()' }, 'bad-signature'],
    [{ code: 'imported-memory', name: 'memory' }, 'imported-memory'],
  ]
  test.each(reasons)('%j', (reason, variant) => {
    const found = explained(single({ type: 'load-error', message: 'Failed to load Wasm code', reason }, 0))
    expect(found.map(({ params }) => params.variant)).toEqual([variant])
    expect(found[0]?.params.message).toBe('Failed to load Wasm code')
  })
})

describe('a configuration that is refused', () => {
  type Line = readonly [LogLevel, string]
  const refused = (size: number, lines: readonly Line[]) => {
    const args = [number('root', 1), number('configuration_size', size)]
    const trace = new TraceBuilder()
      .inStream(undefined)
      .callback('proxy_on_configure', args, 0, undefined, (inside) => {
        for (const [level, message] of lines)
          inside.event({ type: 'log', level, message, via: 'proxy_log', shown: true })
      })
    return trace.event({ type: 'load-error', message: 'Failed', reason: { code: 'configure-failed' } }, 0)
  }
  const warning: Line = ['warn', '[auth] [nil] [nil] missing tokenHeader']
  const rows: readonly [string, number, readonly Line[], string, string | undefined][] = [
    ['in silence', 9, [], 'configure-failed', undefined],
    ['with words', 9, [['info', 'hello'], warning], 'configure-said', 'missing tokenHeader'],
    ['with more words', 9, [warning, ['error', 'start failed']], 'configure-said', 'missing tokenHeader; start failed'],
    ['where there is none', 0, [['info', 'hello']], 'configure-empty', undefined],
    ['where there is none, with words', 0, [warning], 'configure-empty-said', 'missing tokenHeader'],
  ]
  test.each(rows)('%s', (_name, size, lines, variant, said) => {
    const found = explained(refused(size, lines)).find(({ rule }) => rule === 'module-rejected')
    expect(found?.params).toMatchObject({ variant })
    expect(found?.params.said).toBe(said)
  })
})

describe('a trap', () => {
  const trapped = inCallback((trace) =>
    trace.event({
      type: 'trap',
      callback: requestHeaders,
      kind: 'unreachable',
      message: 'unreachable',
      frames: [
        { name: '~lib/builtins/abort', offset: 10 },
        { name: 'src/plugin/Auth#onRequestHeaders', offset: 20 },
      ],
    }),
  )
  test('names the guest’s functions', () => {
    const [found] = explained(trapped)
    expect(found?.params.frames).toEqual(['~lib/builtins/abort', 'src/plugin/Auth#onRequestHeaders'])
  })

  test('with a source map it names file and line, in both languages', () => {
    const [found] = explained(trapped)
    if (found === undefined) throw new Error('no finding')
    const locate = (plugin: string, offsets: readonly number[]) =>
      plugin === 'auth' && offsets[1] === 20 ? { file: 'plugin.ts', line: 12 } : undefined
    expect(describeFinding(found, createText('en', english), { locate }).why).toContain('plugin.ts:12')
    expect(describeFinding(found, createText('zh', chinese), { locate }).why).toContain('plugin.ts:12')
  })
})
