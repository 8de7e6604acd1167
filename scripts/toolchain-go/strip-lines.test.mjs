import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConsoleStdout, File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stripLines } from './strip-lines.mjs'

const hasGo = spawnSync('go', ['version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'proxyground-lines-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Collects while pointers live on the stack only, recovers, and defers a method by way of a wrapper. */
const program = `package main

import (
	"os"
	"runtime"
)

type node struct {
	next *node
	text []byte
}

//go:noinline
func deepest(list *node, depth int) int {
	own := &node{list, []byte{byte(depth)}}
	if depth == 0 {
		runtime.GC()
		sum := 0
		for n := own; n != nil; n = n.next {
			sum = sum*3%1000003 + int(n.text[0])
		}
		return sum
	}
	return deepest(own, depth-1) + len(own.text)
}

type closer struct{ name string }

func (c closer) close() {
	if r := recover(); r != nil {
		os.Stdout.WriteString(c.name + " recovered\\n")
	}
}

//go:noinline
func fails(list []int, at int) int {
	defer closer{"closer"}.close()
	return list[at]
}

func main() {
	for i := 0; i < 20; i++ {
		println(deepest(nil, 200+i))
	}
	println(fails(nil, 3))
	var missing map[string]int
	missing["x"] = 1
}
`

function run(bytes) {
  const lines = []
  const output = () => ConsoleStdout.lineBuffered((line) => lines.push(line))
  const wasi = new WASI(['test'], [], [new OpenFile(new File([])), output(), output()], { debug: false })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    wasi_snapshot_preview1: wasi.wasiImport,
  })
  const exitCode = wasi.start(instance)
  return {
    exitCode,
    printed: lines.slice(0, lines.indexOf('')),
    all: lines.join('\n'),
  }
}

describe.skipIf(!hasGo)('a program of Go without its lines', { timeout: 180_000 }, () => {
  let whole
  let stripped
  beforeAll(() => {
    writeFileSync(join(folder, 'main.go'), program)
    const env = { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'off' }
    const args = ['build', '-p', '1', '-ldflags=-s -w', '-o', 'whole.wasm', 'main.go']
    expect(spawnSync('go', args, { cwd: folder, env, encoding: 'utf8' }).stderr).toBe('')
    whole = readFileSync(join(folder, 'whole.wasm'))
    stripped = stripLines(whole, (name) => name.startsWith('runtime.'))
  }, 180_000)

  test('runs, collects, recovers and panics as before', () => {
    const before = run(whole)
    expect(before.printed).toContain('closer recovered')
    expect(before.printed).toContain('panic: assignment to entry in nil map')
    const { exitCode, printed } = run(stripped)
    expect({ exitCode, printed }).toEqual({ exitCode: before.exitCode, printed: before.printed })
  })

  test('names what is asked for in its tracebacks, and nothing else', () => {
    expect(run(whole).all).toMatch(/main\.main.*\n.*main\.go/)
    expect(run(stripped).all).not.toContain('main.main')
    const named = run(stripLines(whole, () => true)).all
    expect(named).toContain('main.main')
    expect(named).not.toContain('main.go')
  })

  test('has a tenth less in it, and no table is found that is not there', () => {
    const held = (bytes) => bytes.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0)
    expect(held(stripped)).toBeLessThan(0.9 * held(whole))
    const other = Buffer.from(whole)
    other[other.indexOf(Buffer.from([0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8]))] = 0
    expect(() => stripLines(other, () => true)).toThrow('no table of functions')
  })
})
