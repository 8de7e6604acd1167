/** Guests that make a list of host calls, for tests of host functions. */
import type { Arg, TraceEvent } from '../../model/trace.ts'
import type { AbiVersion } from '../abi/callbacks.ts'
import type { FunctionType } from '../abi/wasm-types.ts'
import { envFunctions } from '../host/registry.ts'
import { wasiFunctions } from '../wasi/registry.ts'
import { type World, type WorldOptions, world } from './test-world.ts'

export type Call = readonly [name: string, ...args: (number | bigint)[]]
export type HostCallEvent = Extract<TraceEvent, { type: 'host.call' }>

export type GuestOptions = WorldOptions & {
  readonly abi?: AbiVersion
  /** Texts by address; bytes are written as `\\hh`. */
  readonly data?: Readonly<Record<number, string | Uint8Array>>
  /** WAT of the allocator's body; the default hands out 4096, 4096 + 1024, … */
  readonly malloc?: string
  /** In which callback the calls are made. */
  readonly at?: string
  /** More exports. */
  readonly more?: string
  readonly result?: number
}

export const outside = 0xffff_0000

function escaped(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')
}

function typeOf(name: string, options: GuestOptions): { module: string; type: FunctionType } {
  const env = envFunctions(options.abi ?? '0_2_1', options.family ?? 'higress').get(name)
  if (env !== undefined) return { module: 'env', type: env.type }
  const wasi = wasiFunctions.get(name)
  if (wasi === undefined) throw new Error(`No host function ${name}`)
  return { module: 'wasi_snapshot_preview1', type: wasi.type }
}

const callbackTypes: Readonly<Record<string, string>> = {
  proxy_on_request_headers: '(param i32 i32 i32) (result i32)',
  proxy_on_configure: '(param i32 i32) (result i32)',
  proxy_on_vm_start: '(param i32 i32) (result i32)',
  proxy_on_context_create: '(param i32 i32)',
  proxy_on_tick: '(param i32)',
  proxy_on_log: '(param i32)',
  proxy_on_http_call_response: '(param i32 i32 i32 i32 i32)',
  _initialize: '',
}

export function guestText(calls: readonly Call[], options: GuestOptions = {}): string {
  const names = [...new Set(calls.map(([name]) => name))]
  const imports = names.map((name) => {
    const { module, type } = typeOf(name, options)
    const params = type.params.length === 0 ? '' : `(param ${type.params.join(' ')})`
    const results = type.results.length === 0 ? '' : `(result ${type.results.join(' ')})`
    return `(import "${module}" "${name}" (func $${name} ${params} ${results}))`
  })
  const body = calls.map(([name, ...args]) => {
    const { type } = typeOf(name, options)
    const values = type.params.map((param, index) => `(${param}.const ${args[index] ?? 0})`)
    const call = `(call $${name} ${values.join(' ')})`
    return type.results.length === 0 ? call : `(drop ${call})`
  })
  const at = options.at ?? 'proxy_on_request_headers'
  const type = callbackTypes[at] ?? ''
  const result = type.includes('result') ? `(i32.const ${options.result ?? (at.endsWith('headers') ? 0 : 1)})` : ''
  const short = options.abi === '0_1_0' && at === 'proxy_on_request_headers'
  const data = Object.entries(options.data ?? {}).map(
    ([address, content]) => `(data (i32.const ${address}) "${escaped(content)}")`,
  )
  return `(module ${imports.join('\n')}
    (memory (export "memory") 2) (global $next (mut i32) (i32.const 4096))
    (func (export "proxy_abi_version_${options.abi ?? '0_2_1'}"))
    (func (export "malloc") (param i32) (result i32)
      ${options.malloc ?? '(global.set $next (i32.add (global.get $next) (i32.const 1024))) (i32.sub (global.get $next) (i32.const 1024))'})
    (func (export "${at}") ${short ? '(param i32 i32) (result i32)' : type} ${body.join('\n')} ${result})
    ${options.more ?? ''} ${data.join('\n')})`
}

export type Ran = World & {
  /** The guest's host calls, in order. */
  readonly hostCalls: readonly HostCallEvent[]
  readonly statuses: readonly string[]
}

/** Loads the guest, lets `prepare` fill the world, enters the callback (stream or root) and reads the trace. */
export function runCalls(calls: readonly Call[], options: GuestOptions = {}, prepare?: (world: World) => void): Ran {
  const made = world(guestText(calls, options), options)
  prepare?.(made)
  const at = options.at ?? 'proxy_on_request_headers'
  if (at === 'proxy_on_request_headers') made.stream.requestHeaders(1, true)
  else if (at === 'proxy_on_tick') made.root.tick()
  else if (at === 'proxy_on_log') made.stream.log()
  const hostCalls = made.events().filter((each): each is HostCallEvent => each.type === 'host.call')
  return { ...made, hostCalls, statuses: hostCalls.map((each) => each.status) }
}

/** A result of a call as text, number or reason why not. */
export function outValue(call: HostCallEvent | undefined, name: string): unknown {
  const arg: Arg | undefined = call?.out.find((each) => each.name === name)
  if (arg === undefined) return undefined
  if (arg.kind === 'bytes') return new TextDecoder().decode(arg.value)
  return arg.kind === 'unreadable' ? arg.reason : arg.value
}
