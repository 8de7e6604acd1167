import { expect, test } from 'vitest'
import loadWabt from 'wabt'
import { FileTree } from './file-tree.ts'
import { crashOf, runProgram } from './run-program.ts'

async function program(body: string): Promise<WebAssembly.Module> {
  const wabt = await loadWabt()
  const text = `(module
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 8) "\\10\\00\\00\\00\\20\\00\\00\\00fatal error: out of memory!!!!!\\0a")
    (func (export "_start") ${body}))`
  return new WebAssembly.Module(new Uint8Array(wabt.parseWat('program.wat', text).toBinary({}).buffer))
}

const say = '(drop (call $write (i32.const 2) (i32.const 8) (i32.const 1) (i32.const 0)))'

test.each([
  ['ends by itself', '', 0, '', undefined],
  ['says that the source is wrong', '(call $exit (i32.const 2))', 2, '', undefined],
  ['traps', 'unreachable', -1, '', 'unreachable'],
  [
    'breaks off for want of memory',
    `${say} (call $exit (i32.const 2))`,
    2,
    'fatal error: out of memory!!!!!\n',
    'fatal error: out of memory!!!!!',
  ],
  ['ends with a code of no compiler', '(call $exit (i32.const 7))', 7, '', 'exit code 7'],
])('a program that %s', async (_, body, exitCode, output, crash) => {
  const end = runProgram(await program(body), ['program'], [], new FileTree())
  expect(end.exitCode).toBe(exitCode)
  expect(end.output).toBe(output)
  expect(crashOf(end)).toBe(crash)
})
