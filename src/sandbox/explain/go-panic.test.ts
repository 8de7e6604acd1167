import { describe, expect, test } from 'vitest'
import { packageOf } from '../abi/go-names.ts'
import { joinGoPieces, parseGoPanic, placeOf } from './go-panic.ts'
import { goName } from './go-symbol.ts'

/** Log entries of real runs (Go 1.26.8, conformance/guests/go-sdk/panics), split at `|`. */
const pieces = (text: string): string[] => text.split('|')
const indexPanic = pieces(
  'panic: |runtime error: index out of range [5] with length 2|||goroutine |1| [|running|]:|main.deeper|(|{|0x23af38|, |0x2|, |0x2|}|, |0x5|)|\t|/home/me/plugin/main.go|:|63| +|0x4||main.(*stream).OnHttpRequestHeaders|(|0x2100f0|, |0x6|, |0x1|)|\t|/home/me/plugin/main.go|:|43| +|0x9||proxyground.dev/abi/guest.http|[...]|.requestHeaders|(|...|)|\t|/sdk/go/proxyground.dev/abi/guest/generation.go|:|32||proxyground.dev/abi/guest.exportRequestHeaders|(|0x2|, |0x6|, |0x1|)|\t|/sdk/go/proxyground.dev/abi/guest/exports_wasm.go|:|51| +|0x10|',
)
const nilPanic = pieces(
  'panic: |runtime error: invalid memory address or nil pointer dereference||[signal |0xb| code=|0x0| addr=|0x0| pc=|0x0|]||goroutine |1| [|running|]:|main.(*stream).OnHttpRequestHeaders|(|0x2100f0|, |0x6|, |0x1|)|\t|/home/me/plugin/main.go|:|46| +|0xd|',
)
const goroutinePanic = pieces(
  'panic: |elsewhere|||goroutine |6| [|running|]:|main.(*stream).OnHttpRequestHeaders.func1|(|)|\t|/home/me/plugin/main.go|:|51| +|0x2||created by |main.(*stream).OnHttpRequestHeaders| in goroutine |1||\t|/home/me/plugin/main.go|:|51| +|0x15|',
)

const outOfMemory = pieces(
  'fatal error: |out of memory|||goroutine |1| gp=|0x2021c0| m=|0| mp=|0x13c020| [|running|]:|runtime.throw|(|{|0x2aac3|, |0xd|}|)|\t|runtime/panic.go|:|1229| +|0x3| fp=|0x23ad90| sp=|0x23ad68| pc=|0x15140003||main.(*http).OnHttpRequestHeaders|(|0x148dc0|, |0x6|, |0x1|)|\t|main.go|:|27| +|0x8| fp=|0x23af58| sp=|0x23aea8| pc=|0x16c80008||proxyground.dev/abi/guest.(*http|[...]|).requestHeaders|(|...|)|\t|proxyground.dev/abi/guest/generation.go|:|32|||goroutine |2| gp=|0x202380| m=nil| [|force gc (idle)|]:|main.other|(|)|\t|main.go|:|90|',
)

describe('a panic that Go printed in pieces', () => {
  test('that was a fatal error has registers behind its places, and other goroutines after the first', () => {
    const panic = parseGoPanic(joinGoPieces(outOfMemory))
    expect(panic).toMatchObject({ kind: 'fatal', message: 'out of memory', goroutine: 1 })
    expect(panic?.frames.map(({ function: name, line }) => `${name}:${line}`)).toEqual([
      'main.(*http).OnHttpRequestHeaders:27',
      'proxyground.dev/abi/guest.(*http[...]).requestHeaders:32',
    ])
  })

  test('becomes its text again', () => {
    expect(joinGoPieces(goroutinePanic)).toBe(
      `panic: elsewhere

goroutine 6 [running]:
main.(*stream).OnHttpRequestHeaders.func1()
\t/home/me/plugin/main.go:51 +0x2
created by main.(*stream).OnHttpRequestHeaders in goroutine 1
\t/home/me/plugin/main.go:51 +0x15
`,
    )
  })

  test('has message, goroutine and frames with function, file and line', () => {
    const panic = parseGoPanic(joinGoPieces(indexPanic))
    expect(panic).toMatchObject({
      kind: 'panic',
      message: 'runtime error: index out of range [5] with length 2',
      recovered: false,
      goroutine: 1,
      state: 'running',
    })
    expect(panic?.frames.map(({ function: name, line, own }) => [name, line, own])).toEqual([
      ['main.deeper', 63, true],
      ['main.(*stream).OnHttpRequestHeaders', 43, true],
      ['proxyground.dev/abi/guest.http[...].requestHeaders', 32, false],
      ['proxyground.dev/abi/guest.exportRequestHeaders', 51, false],
    ])
    expect(panic && placeOf(panic)).toMatchObject({ file: '/home/me/plugin/main.go', line: 63 })
  })

  test('a nil pointer has a signal line, which is not part of the message', () => {
    const panic = parseGoPanic(joinGoPieces(nilPanic))
    expect(panic?.message).toBe('runtime error: invalid memory address or nil pointer dereference')
    expect(panic?.frames.map(({ line }) => line)).toEqual([46])
  })

  test('of a goroutine of its own says where that was started', () => {
    const panic = parseGoPanic(joinGoPieces(goroutinePanic))
    expect(panic?.frames.length).toBe(1)
    expect(panic?.createdBy).toMatchObject({ function: 'main.(*stream).OnHttpRequestHeaders', line: 51 })
  })

  test('a message of several lines stays whole', () => {
    expect(
      parseGoPanic(joinGoPieces(['panic: ', 'two', '\t', 'lines', '', '', 'goroutine ', '1', ' [', 'running', ']:'])),
    ).toMatchObject({
      message: 'two\nlines',
    })
  })
})

describe('a panic in one text', () => {
  test('recovered by the SDK: escaped newlines, and all above panic() belongs to the recovery', () => {
    const log =
      '[my-plugin] [nil] [abc] recovered from panic runtime error: index out of range [5] with length 2, stack: goroutine 1 [running]:\\nruntime/debug.Stack()\\n\\truntime/debug/stack.go:26 +0x5\\ngithub.com/higress-group/wasm-go/pkg/wrapper.recoverFunc()\\n\\tgithub.com/higress-group/wasm-go/pkg/wrapper/http_callbacks.go:27 +0x12\\npanic({0x1fd0a0?, 0x210150?})\\n\\truntime/panic.go:783 +0x1f\\nmain.onHttpRequestHeaders({0x4, 0x5}, {0x0, {0x1, 0x2}})\\n\\tmain.go:31 +0x4\\ngithub.com/higress-group/wasm-go/pkg/wrapper.(*CommonHttpCtx[...]).OnHttpRequestHeaders(0x1)\\n\\tgithub.com/higress-group/wasm-go/pkg/wrapper/http_callbacks.go:80 +0x40\\n'
    const panic = parseGoPanic(log)
    expect(panic).toMatchObject({
      recovered: true,
      message: 'runtime error: index out of range [5] with length 2',
      goroutine: 1,
    })
    expect(panic?.frames.map(({ function: name, file, line, own }) => [name, file, line, own])).toEqual([
      ['main.onHttpRequestHeaders', 'main.go', 31, true],
      [
        'github.com/higress-group/wasm-go/pkg/wrapper.(*CommonHttpCtx[...]).OnHttpRequestHeaders',
        'github.com/higress-group/wasm-go/pkg/wrapper/http_callbacks.go',
        80,
        false,
      ],
    ])
  })

  test('a fatal error of the runtime is told apart', () => {
    const panic = parseGoPanic(
      'fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.wait(...)\n\tmain.go:9\n',
    )
    expect(panic).toMatchObject({
      kind: 'fatal',
      message: 'all goroutines are asleep - deadlock!',
      state: 'chan receive',
      frames: [{ function: 'main.wait', line: 9, own: true }],
    })
  })

  test('panicking again while recovering keeps both messages', () => {
    const text = 'panic: first [recovered]\n\tpanic: second\n\ngoroutine 1 [running]:\nmain.f()\n\tmain.go:3 +0x1\n'
    expect(parseGoPanic(text)?.message).toBe('first [recovered]\n\tpanic: second')
  })

  test('frames of the standard library are not the plugin’s, those of its own packages are', () => {
    const text =
      'panic: x\n\ngoroutine 1 [running]:\nstrings.Repeat({0x1, 0x2}, 0xff)\n\tstrings/strings.go:610 +0x1\nencoding/json.Marshal(...)\n\t/usr/local/go/src/encoding/json/encode.go:160\nwasm-demo/config.(*Rules).Parse(0x0)\n\tconfig/rules.go:7 +0x2\n'
    const panic = parseGoPanic(text)
    expect(panic?.frames.map(({ package: owner, own }) => [owner, own])).toEqual([
      ['strings', false],
      ['encoding/json', false],
      ['wasm-demo/config', true],
    ])
    expect(panic && placeOf(panic)).toMatchObject({ file: 'config/rules.go', line: 7 })
  })

  test.each(['', 'panic', 'a log line', 'recovered from nothing', 'goroutine 1 [running]:'])('%j is none', (text) => {
    expect(parseGoPanic(text)).toBeUndefined()
  })
})

describe('names', () => {
  test.each([
    ['main.main', 'main'],
    ['main.(*T).F.func1', 'main'],
    ['github.com/a/b.v2/c.(*X[...]).F', 'github.com/a/b.v2/c'],
    ['gopkg.in/yaml%2ev3.Unmarshal', 'gopkg.in/yaml.v3'],
    ['net/http.Header.Get', 'net/http'],
    ['slices.SortFunc[go.shape.struct { a/b.C int }]', 'slices'],
  ])('the package of %s is %s', (name, expected) => {
    expect(packageOf(name)).toBe(expected)
  })

  test('the linker’s names are turned back with the printed stack, else by their form', () => {
    const panic = parseGoPanic(joinGoPieces(indexPanic))
    expect(goName('proxyground.dev_abi_guest.exportRequestHeaders', panic)).toBe(
      'proxyground.dev/abi/guest.exportRequestHeaders',
    )
    expect(goName('proxyground.dev_abi_guest.http_go.shape.uint32_.requestHeaders', panic)).toBe(
      'proxyground.dev/abi/guest.http[...].requestHeaders',
    )
    expect(goName('main.__stream_.OnHttpRequestHeaders')).toBe('main.(*stream).OnHttpRequestHeaders')
    expect(goName('main.__a_thing_.Do.func1')).toBe('main.(*a_thing).Do.func1')
    expect(goName('runtime.gopanic')).toBe('runtime.gopanic')
  })
})
