import { describe, expect, test } from 'vitest'
import type { LoadReason } from '../../model/trace.ts'
import { english } from '../../text/catalogue.ts'
import { chinese } from '../../text/chinese.ts'
import { createText } from '../../text/text.ts'
import { describeFinding } from './describe-finding.ts'
import { explained, inCallback, requestHeaders, single } from './testing/explained.ts'

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
