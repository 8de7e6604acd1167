import { expect, test } from 'vitest'
import loadWabt from 'wabt'
import { FileTree } from './file-tree.ts'
import { createWarmProgram } from './warm-program.ts'

/** A program that counts its runs in a global and in memory, and exits with both counts in one number. */
async function counter(exports: string): Promise<WebAssembly.Module> {
  const wabt = await loadWabt()
  const text = `(module
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (global $runs (export "global0") (mut i32) (i32.const 0))
    (func $count
      (global.set $runs (i32.add (global.get $runs) (i32.const 1)))
      (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 10)))
      (i32.store (i32.const 50000) (i32.add (i32.load (i32.const 50000)) (i32.const 100))))
    (func $say (call $exit (i32.add (global.get $runs) (i32.add (i32.load (i32.const 64)) (i32.load (i32.const 50000))))))
    (func (export "_initialize") (call $count))
    ${exports})`
  const binary = wabt.parseWat('counter.wat', text).toBinary({}).buffer
  return new WebAssembly.Module(new Uint8Array(binary))
}

test('every run begins where the program was when it had started', async () => {
  const program = createWarmProgram(await counter('(func (export "proxyground_run") (call $count) (call $say))'), [])
  const codes = [1, 2, 3].map(() => program.run(['counter'], new FileTree()).exitCode)
  expect(codes).toEqual([222, 222, 222])
})

test('a run that traps leaves nothing to the next', async () => {
  const module = await counter('(func (export "proxyground_run") (call $count) (unreachable))')
  const program = createWarmProgram(module, [])
  const ends = [1, 2].map(() => program.run(['counter'], new FileTree()))
  expect(ends.map(({ crash }) => crash)).toEqual(['unreachable', 'unreachable'])
})

test('a program goes on from its resting place as often as wanted', async () => {
  const rests = '(func (export "proxyground_prepare") (call $count)) (func (export "proxyground_run"))'
  const module = await counter(`${rests} (func (export "proxyground_finish") (call $count) (call $say))`)
  const finish = createWarmProgram(module, []).prepare(['counter'], new FileTree())
  expect([1, 2, 3].map(() => finish?.().exitCode)).toEqual([333, 333, 333])
})

test('a program without a resting place cannot be prepared', async () => {
  const module = await counter('(func (export "proxyground_run") (call $say))')
  expect(createWarmProgram(module, []).prepare(['counter'], new FileTree())).toBeUndefined()
})

test('what a program read of a large file before it rested is there each time it goes on', async () => {
  const wabt = await loadWabt()
  // Reads the file to 65536, writes before and after it, and exits with the sum of the last byte read and what it wrote.
  const text = `(module
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (import "wasi_snapshot_preview1" "path_open"
      (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 4)
    (data (i32.const 8) "file")
    (data (i32.const 16) "\\00\\00\\01\\00\\40\\9c\\00\\00")
    (func $add (param $at i32) (i32.store8 (local.get $at) (i32.add (i32.load8_u (local.get $at)) (i32.const 10))))
    (func (export "proxyground_run"))
    (func (export "proxyground_prepare")
      (drop (call $open (i32.const 3) (i32.const 0) (i32.const 8) (i32.const 4) (i32.const 0) (i64.const 2) (i64.const 2)
        (i32.const 0) (i32.const 24)))
      (drop (call $read (i32.load (i32.const 24)) (i32.const 16) (i32.const 1) (i32.const 28)))
      (call $add (i32.const 65535)) (call $add (i32.const 105536)))
    (func (export "proxyground_finish")
      (call $add (i32.const 65535)) (call $add (i32.const 105536))
      (call $exit (i32.add (i32.load8_u (i32.const 105535))
        (i32.add (i32.load8_u (i32.const 65535)) (i32.load8_u (i32.const 105536)))))))`
  const module = new WebAssembly.Module(new Uint8Array(wabt.parseWat('reader.wat', text).toBinary({}).buffer))
  const files = new FileTree()
  files.add('file', new Uint8Array(40_000).fill(7))
  const finish = createWarmProgram(module, ['GOGC=off']).prepare(['reader'], files)
  files.drop('file')
  expect([1, 2, 3].map(() => finish?.().exitCode)).toEqual([47, 47, 47])
})
