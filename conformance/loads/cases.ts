/** Modules and plugins that a gateway refuses, each for one reason (proxy-wasm-host.md 1, 2.0, 3.1, 7.1). */

import { wat } from '../../src/sandbox/vm/test-world.ts'

/** Source text of a module, or bytes that are none. */
export type LoadCase = {
  readonly name: string
  readonly module: string | Uint8Array
  /** Default: any module that gets so far is fine. */
  readonly capabilities?: readonly string[]
}

const marker = '(func (export "proxy_abi_version_0_2_1"))'
const memory = '(memory (export "memory") 1)'
const malloc = '(func (export "malloc") (param i32) (result i32) (i32.const 1024))'
const log = '(import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))'
const module = (...parts: readonly string[]) => `(module ${parts.join(' ')})`
/** With all that is needed. */
const good = (...parts: readonly string[]) => module(...parts, memory, marker, malloc)
const imported = (of: string, name: string, type: string) => good(`(import "${of}" "${name}" (func ${type}))`)
const starting = (body: string, ...imports: readonly string[]) =>
  good(...imports, `(func (export "_initialize") ${body})`)
const refusing = (callback: string, body = '(i32.const 0)') =>
  good(`(func (export "${callback}") (param i32 i32) (result i32) ${body})`)
const calling = (name: string, params: string, args: string) =>
  starting(`(drop (call $f ${args}))`, `(import "env" "${name}" (func $f (param ${params}) (result i32)))`)
const wasi = 'wasi_snapshot_preview1'

export const loadCases: readonly LoadCase[] = [
  { name: 'nothing', module: new Uint8Array(0) },
  { name: 'not wasm', module: new TextEncoder().encode('no module at all') },
  { name: 'the head only', module: new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) },
  { name: 'cut in a section', module: new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 20, 1]) },
  { name: 'no marker', module: module(memory, malloc) },
  { name: 'the marker of Higress', module: module(memory, malloc, '(func (export "proxy_abi_version_0_2_100"))') },
  { name: 'a marker of no version', module: module(memory, malloc, '(func (export "proxy_abi_version_9_9_9"))') },
  { name: 'a marker that is no function', module: module(memory, malloc, '(global (export "proxy_abi_version_0_2_1") i32 (i32.const 0))') }, // biome-ignore format: one
  { name: 'no allocator', module: module(memory, marker) },
  { name: 'no memory', module: module(malloc, marker) },
  { name: 'the other allocator only', module: module(memory, marker, '(func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024))') }, // biome-ignore format: one
  { name: 'an unknown import of env', module: imported('env', 'nope', '') },
  { name: 'an unknown import of another module', module: imported('other', 'nope', '(param i32)') },
  { name: 'an import of Higress', module: imported('env', 'proxy_get_upstream_hosts', '(param i32 i32) (result i32)') }, // biome-ignore format: one
  { name: 'an import of 0.1.0', module: imported('env', 'proxy_continue_request', '(result i32)') },
  { name: 'an unknown WASI import', module: imported(wasi, 'proc_raise', '(param i32) (result i32)') },
  { name: 'two unknown imports', module: good('(import "env" "first" (func))', '(import "env" "second" (func))') },
  { name: 'proxy_log without a result', module: imported('env', 'proxy_log', '(param i32 i32 i32)') },
  { name: 'proxy_log with two parameters', module: imported('env', 'proxy_log', '(param i32 i32) (result i32)') },
  { name: 'a wrong type of an i64 parameter', module: imported('env', 'proxy_increment_metric', '(param i32 i32) (result i32)') }, // biome-ignore format: one
  { name: 'an imported global', module: good('(import "env" "g" (global i32))') },
  { name: 'an imported memory', module: module('(import "env" "memory" (memory 1))', marker, malloc) },
  { name: 'an imported table', module: good('(import "env" "t" (table 1 funcref))') },
  { name: 'request_headers with two parameters', module: good('(func (export "proxy_on_request_headers") (param i32 i32) (result i32) (i32.const 0))') }, // biome-ignore format: one
  { name: 'a tick with a result', module: good('(func (export "proxy_on_tick") (param i32) (result i32) (i32.const 0))') }, // biome-ignore format: one
  { name: 'malloc of another type', module: module(memory, marker, '(func (export "malloc") (param i64) (result i32) (i32.const 0))') }, // biome-ignore format: one
  { name: 'a trap in _initialize', module: starting('(unreachable)') },
  { name: 'a trap in _start', module: good('(func (export "_start") (unreachable))') },
  { name: 'a trap in the start section', module: good('(func $boom (unreachable))', '(start $boom)') },
  { name: 'a host call in the start section', module: good(log, '(func $begin (drop (call $log (i32.const 2) (i32.const 0) (i32.const 0))))', '(start $begin)') }, // biome-ignore format: one
  { name: 'proxy_log in _initialize', module: calling('proxy_log', 'i32 i32 i32', '(i32.const 2) (i32.const 0) (i32.const 0)') }, // biome-ignore format: one
  { name: 'proxy_set_tick_period_milliseconds in _initialize', module: calling('proxy_set_tick_period_milliseconds', 'i32', '(i32.const 9)') }, // biome-ignore format: one
  { name: 'proxy_get_current_time_nanoseconds in _initialize', module: calling('proxy_get_current_time_nanoseconds', 'i32', '(i32.const 8)') }, // biome-ignore format: one
  { name: 'proxy_done in _initialize', module: calling('proxy_done', '', '') },
  ...[
    'sched_yield:',
    'fd_close:i32',
    'random_get:i32 i32',
    'clock_res_get:i32 i32',
    'args_sizes_get:i32 i32',
    'fd_prestat_get:i32 i32',
  ].map((each): LoadCase => {
    // biome-ignore format: one
    const [name = '', params = ''] = each.split(':')
    const args = params.split(' ').map((type) => (type === '' ? '' : `(${type}.const 8)`)).join(' ') // biome-ignore format: one
    const type = params === '' ? '' : `(param ${params})`
    return {
      name: `${name} in _initialize`,
      module: starting(`(drop (call $f ${args}))`, `(import "${wasi}" "${name}" (func $f ${type} (result i32)))`),
    }
  }),
  { name: 'vm_start answers false', module: refusing('proxy_on_vm_start') },
  { name: 'configure answers false', module: refusing('proxy_on_configure') },
  { name: 'vm_start traps', module: refusing('proxy_on_vm_start', '(unreachable)') },
  { name: 'configure traps', module: refusing('proxy_on_configure', '(unreachable)') },
  { name: 'context_create traps', module: good('(func (export "proxy_on_context_create") (param i32 i32) (unreachable))') }, // biome-ignore format: one
  { name: 'vm_start is not allowed and answers false', module: refusing('proxy_on_vm_start'), capabilities: ['proxy_log'] }, // biome-ignore format: one
  { name: 'a body that does not validate', module: good('(func (export "f") (result i32))') },
  { name: 'more memory at the start than there may be', module: module('(memory (export "memory") 20000)', marker, malloc) }, // biome-ignore format: one
  { name: 'a good one', module: good() },
]

export const moduleOf = ({ module }: LoadCase): Uint8Array => (typeof module === 'string' ? wat(module) : module)
