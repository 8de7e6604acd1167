import { expect, test } from 'vitest'
import loadWabt from 'wabt'
import type { Bundle } from './bundle.ts'
import { FileTree } from './file-tree.ts'
import { runTool } from './program-rest.ts'
import { runProgram } from './run-program.ts'

async function moduleOf(text: string): Promise<WebAssembly.Module> {
  const wabt = await loadWabt()
  return new WebAssembly.Module(new Uint8Array(wabt.parseWat('tool.wat', text).toBinary({}).buffer))
}

/** Exits with what the function at this place of the second table answers. */
const toolCalling = (place: number) =>
  moduleOf(`(module
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (type $go (func (result i32)))
    (memory (export "memory") 1)
    (table 1 funcref)
    (table $rest (export "proxyground_rest") 2 funcref)
    (elem (table $rest) (i32.const 0) func $here)
    (func $here (type $go) (i32.const 7))
    (func (export "proxyground_run") (call $exit (call_indirect $rest (type $go) (i32.const ${place})))))`)

const other = moduleOf(`(module
  (import "program" "proxyground_rest" (table $rest 0 funcref))
  (elem (table $rest) (i32.const 1) func $there)
  (func $there (result i32) (i32.const 9)))`)

function runner(program: WebAssembly.Module, rest: Bundle['rest']) {
  const none = () => Promise.reject(new Error('nothing else is needed'))
  const manifest = { key: '', goVersion: '', files: new Map(), packages: new Map() }
  const bundle: Bundle = {
    manifest,
    program: () => Promise.resolve(program),
    rest,
    pack: none,
    release: none,
    keep: none,
  }
  return () => runTool(bundle, 'compile', async (module) => ({ end: runProgram(module, ['tool'], [], new FileTree()) }))
}

/** Runs a tool twice: what it exits with or breaks off with, and how often its rest was asked for. */
async function twice(program: WebAssembly.Module, rest: WebAssembly.Module | undefined) {
  let asked = 0
  const run = runner(program, () => {
    asked += 1
    return Promise.resolve(rest)
  })
  const ends = [await run(), await run()].map(({ end }) => end.crash ?? end.exitCode)
  return { ends, asked }
}

test('A tool that needs no more than its program never loads the rest', async () => {
  expect(await twice(await toolCalling(0), await other)).toEqual({ ends: [7, 7], asked: 0 })
})

test('A tool that needs its rest is run again with it, and the next time it is there', async () => {
  expect(await twice(await toolCalling(1), await other)).toEqual({ ends: [9, 9], asked: 1 })
})

test('A tool in one piece breaks off as it did', async () => {
  const { ends } = await twice(await toolCalling(1), undefined)
  expect(ends).toEqual([expect.stringContaining('null'), expect.stringContaining('null')])
})

test('A rest that cannot be loaded is told as it was, and asked for again by the next run', async () => {
  const answers = [() => Promise.reject(new Error('the server does not answer')), () => other]
  const run = runner(await toolCalling(1), () => answers.shift()?.() ?? Promise.resolve(undefined))
  await expect(run()).rejects.toThrow('the server does not answer')
  expect((await run()).end.exitCode).toBe(9)
})
