import { describe, expect, test } from 'vitest'
import { describeFinding } from '../../src/sandbox/explain/describe-finding.ts'
import { english } from '../../src/text/catalogue.ts'
import { createText } from '../../src/text/text.ts'
import { buildGuest, goMissing } from './build-guest.ts'
import { buildPlugin } from './build-plugin.ts'
import { runGuest } from './run-guest.ts'

const steps = '  - request: { url: http://127.0.0.1:10000/get }'

describe.skipIf(goMissing)('a panic of a Go plugin', { timeout: 120_000 }, () => {
  const wasm = goMissing === undefined ? buildGuest('panics') : new Uint8Array()
  const findings = (where: string) => runGuest(wasm, { steps, config: { in: where } }).report.findings

  test.each([
    ['index', 'runtime error: index out of range [5] with length 2', 'main.deeper', 65],
    [
      'nil',
      'runtime error: invalid memory address or nil pointer dereference',
      'main.(*stream).OnHttpRequestHeaders',
      46,
    ],
    ['custom', 'two\nlines', 'main.(*stream).OnHttpRequestHeaders', 48],
    ['goroutine', 'elsewhere', 'main.(*stream).OnHttpRequestHeaders.func1', 51],
  ])('in %s is told with message, function, file and line', (where, message, name, line) => {
    const found = findings(where).find(({ rule }) => rule === 'trap')
    expect(found).toMatchObject({
      callback: 'proxy_on_request_headers',
      params: { variant: 'go-panic', message, function: name, line },
    })
    expect(found?.params.file).toMatch(/panics\/main\.go$/)
  })

  test('and what waits for ever is told as a fatal error of Go', () => {
    expect(findings('wait').find(({ rule }) => rule === 'trap')).toMatchObject({
      params: { variant: 'go-fatal', message: 'all goroutines are asleep - deadlock!', line: 54 },
    })
  })

  test('names functions of the stack as Go does', () => {
    const frames = findings('index').find(({ rule }) => rule === 'trap')?.params.frames
    expect(frames).toEqual([
      'runtime.abort',
      'runtime.fatalpanic',
      'runtime.gopanic',
      'runtime.goPanicIndex',
      'main.deeper',
      'main.(*stream).OnHttpRequestHeaders',
      'proxyground.dev/abi/guest.(*http[...]).requestHeaders',
      'proxyground.dev/abi/guest.exportRequestHeaders',
      'proxy_on_request_headers',
    ])
  })

  test('of the SDK names the plugin’s callback that made no context', () => {
    expect(findings('nothing').find(({ rule }) => rule === 'trap')?.params).toMatchObject({
      variant: 'go-panic',
      message: 'invalid context id on proxy_on_context_create',
    })
  })

  test('a plugin that registers in main is told to move that to init', () => {
    const report = runGuest(buildGuest('tinygo'), { steps, profile: 'envoy-1.40' }).report
    const found = report.findings.find(({ rule }) => rule === 'trap')
    expect(found?.params.variant).toBe('go-not-registered')
    expect(found && describeFinding(found, createText('en', english)).edit).toMatchObject({
      replace: 'func main() {',
      with: 'func main() {}\n\nfunc init() {',
    })
  })

  test('that wasm-go recovers is told apart: the request goes on, and the line is known', () => {
    const source = `package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
)

func main() {}

func init() {
	wrapper.SetCtx("careless", wrapper.ProcessRequestHeadersBy(onHttpRequestHeaders))
}

type config struct{}

func onHttpRequestHeaders(ctx wrapper.HttpContext, c config, log log.Log) types.Action {
	var counts map[string]int
	counts["a"]++
	return types.HeaderContinue
}
`
    const built = buildPlugin({ 'main.go': source })
    if (built.kind === 'failed') throw new Error(built.output)
    const { report } = runGuest(built.wasm, { steps })
    expect(report.steps[0]).toMatchObject({ outcome: 'response' })
    const found = report.findings.find(({ rule }) => rule === 'recovered-panic')
    expect(found).toMatchObject({
      callback: 'proxy_on_request_headers',
      params: { message: 'assignment to entry in nil map', function: 'main.onHttpRequestHeaders', line: 19 },
    })
  })
})
