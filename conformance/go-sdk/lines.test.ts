import { describe, expect, test } from 'vitest'
import type { GuestFrame } from '../../src/model/guest-look.ts'
import { executeRun } from '../../src/sandbox/entry/execute-run.ts'
import { openTrace } from '../../src/sandbox/trace/view.ts'
import { goMissing } from './build-guest.ts'
import { buildPlugin } from './build-plugin.ts'

const source = `package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/wrapper"
)

func main() {}

func init() {
	wrapper.SetCtx("lines", wrapper.ProcessRequestHeaders(onHttpRequestHeaders))
}

type config struct{}

func onHttpRequestHeaders(ctx wrapper.HttpContext, _ config) types.Action {
	short("one")
	for range 2 {
		long("two", func(name string) { proxywasm.AddHttpRequestHeader(name, "x") })
	}
	return 0
}

func short(name string) { proxywasm.AddHttpRequestHeader(name, "x") }

//go:noinline
func long(name string, add func(string)) {
	add(name)
}
`

const files = {
  'proxyground.yaml': 'version: 1\nplugins: [{ name: lines, language: go }]\n',
  'plugins/lines/plugin.yaml': 'defaultConfig: { a: 1 }\n',
  'plugins/lines/main.go': source,
}
const scenario = { inline: 'steps:\n  - request: { url: http://127.0.0.1:10000/get }\n', name: 'get' }
const places = (frames: readonly GuestFrame[]) =>
  frames.flatMap(({ name, source }) => (source?.own ? [`${name} ${source.file}:${source.line}`] : []))

describe.skipIf(goMissing)('a host call of a Go plugin', () => {
  test('leads to its line, through inlined functions and closures', { timeout: 240_000 }, () => {
    const built = buildPlugin({ 'main.go': source })
    if (built.kind !== 'ok') throw new Error(built.output)
    const request = { files, modules: { lines: built.wasm }, scenario }
    const first = executeRun(request, { now: () => 0 })
    if (first.kind !== 'finished') throw new Error(first.kind)
    const view = openTrace(first.trace)
    const seqs = Array.from({ length: view.length }, (_, index) => view.record(index)).flatMap(({ event, seq }) =>
      event.type === 'host.call' && event.fn === 'proxy_add_header_map_value' ? [seq] : [],
    )
    const stacks = seqs.map((lookAt) => {
      const again = executeRun({ ...request, lookAt }, { now: () => 0 })
      return again.kind === 'finished' ? places(again.look?.frames ?? []) : [again.kind]
    })
    const all = executeRun({ ...request, lookAt: 'every-call' }, { now: () => 0 })
    if (all.kind !== 'finished') throw new Error(all.kind)
    const together = seqs.map((seq) => {
      const call = all.stacks?.calls.find((each) => each.seq === seq)
      return places(all.stacks?.stacks[call?.stack ?? -1] ?? [])
    })
    expect(together).toEqual(stacks)
    expect(all.trace.hash).toBe(first.trace.hash)
    const closure = [
      'main.onHttpRequestHeaders.func1 wasm-demo-go/main.go:20',
      'main.long wasm-demo-go/main.go:29',
      'main.onHttpRequestHeaders wasm-demo-go/main.go:20',
    ]
    expect(stacks).toEqual([
      ['main.short wasm-demo-go/main.go:25', 'main.onHttpRequestHeaders wasm-demo-go/main.go:18'],
      closure,
      closure,
    ])
  })
})
