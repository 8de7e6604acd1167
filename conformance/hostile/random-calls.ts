/** Random scripts for `any-call-guest`: arguments that mean something, nearly mean something, or nothing. */
import { deflateSync } from 'node:zlib'
import type { AbiVersion } from '../../src/sandbox/abi/callbacks.ts'
import { encodePairs } from '../../src/sandbox/abi/pairs.ts'
import { utf8Bytes } from '../../src/sandbox/abi/text.ts'
import type { EnvFunction } from '../../src/sandbox/host/call.ts'
import { encodeCommand } from '../../src/sandbox/upstream/redis/query.ts'
import { type AnyCall, type AnyCalls, allocators, callables, dataAt, script } from './any-call-guest.ts'
import { type Draw, mutated, number32 } from './draw.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

const clusters = ['httpbin', 'echo', 'redis', 'grpc', 'redis?db=1&buffer_flush_timeout=0', 'gone', '']
const words = [
  ':path',
  ':method',
  ':status',
  ':authority',
  'host',
  'x-a',
  'content-length',
  'cookie',
  '',
  'a b',
  '\0',
  'é',
]
const values = ['', '0', '/get?a=1', 'GET', '200', '999', '-1', 'x\r\ny', '\0', 'é'.repeat(200)]
/** Names of attributes and of everything below them. */
export const segments =
  'request response connection source destination upstream xds metadata filter_state node route_name cluster_name plugin_name plugin_vm_memory path url_path headers size total_size duration time protocol code flags address port id tls_version filter_metadata wasm.a x-a 0 -1 clear_route_cache set_decoder_buffer_limit set_encoder_buffer_limit trace_span_tag.a wasm_need_rebuild listener_direction'.split(
    ' ',
  )
const foreignNames =
  'compress uncompress expr_create expr_evaluate expr_delete declare_property set_envoy_filter_state clear_route_cache verify_signature sign get_log_level set_global_max_requests_per_io_cycle inject_encoded_data_to_filter_chain inject_encoded_data_to_filter_chain_on_header nope'.split(
    ' ',
  )
const expressions = [
  'request.path',
  'request.headers["x-a"] == "1"',
  '1/0',
  'size(request.headers) > 3',
  '((((',
  'a.b.c',
]

/** One argument's bytes, likely for a parameter of this name. */
function blob(draw: Draw, name: string, call: string): Uint8Array {
  const likely = draw.chance(0.85)
  if (!likely) return draw.bytes(draw.below(300))
  const foreign = call === 'proxy_call_foreign_function'
  switch (name) {
    case 'upstream':
    case 'cluster':
    case 'service':
      return text(draw.from(clusters))
    case 'path':
      return propertyPath(draw)
    case 'headers':
    case 'pairs':
    case 'trailers':
    case 'metadata':
    case 'initial_metadata':
      return pairs(draw)
    case 'query':
      return utf8Bytes(
        encodeCommand([draw.from(['get', 'set', 'eval', 'incr', 'nope']), draw.from(words), draw.from(values)]),
      )
    case 'name':
      return text(foreign ? draw.from(foreignNames) : draw.from(words))
    case 'argument':
      return foreignArgument(draw)
    default:
      return text(draw.chance(0.5) ? draw.from(words) : draw.from(values))
  }
}

export const propertyPath = (draw: Draw): Uint8Array =>
  text(
    Array.from({ length: draw.below(5) }, () => draw.from(segments)).join(draw.from(['\0', '\0', '.', '\0\0'])) +
      (draw.chance(0.2) ? '\0' : ''),
  )

function pairs(draw: Draw): Uint8Array {
  const call = [
    [':method', 'GET'],
    [':path', '/get'],
    [':authority', 'a'],
  ] as const
  const some = Array.from(
    { length: draw.below(draw.chance(0.05) ? 1100 : 6) },
    () => [draw.from(words), draw.from(values)] as const,
  )
  const encoded = encodePairs(latin1(draw.chance(0.6) ? [...call, ...some] : some))
  return draw.chance(0.3) ? mutated(draw, encoded) : encoded
}

/** Byte strings: what a header list holds. */
const latin1 = (list: readonly (readonly [string, string])[]) =>
  list.map(([key, value]) => [bytesText(key), bytesText(value)] as const)
const bytesText = (value: string): string => Array.from(text(value), (byte) => String.fromCharCode(byte)).join('')

function foreignArgument(draw: Draw): Uint8Array {
  switch (draw.below(5)) {
    case 0:
      return mutated(draw, new Uint8Array(deflateSync(draw.bytes(draw.below(400)))))
    case 1:
      return text(draw.from(expressions))
    case 2:
      return Uint8Array.from([draw.below(4), 0, 0, 0])
    case 3:
      return mutated(draw, Uint8Array.from([0x0a, 3, 0x61, 0x62, 0x63, 0x10, 1, 0x18, 2, 0x2a, 0]))
    default:
      return draw.bytes(draw.below(40))
  }
}

/** Arguments for one call; what they point to is put into `data`. */
function call(
  draw: Draw,
  functions: readonly EnvFunction[],
  index: number,
  place: (bytes: Uint8Array) => number,
): AnyCall {
  const fn = functions[index]
  const slots: bigint[] = []
  const push = (value: number): void => {
    slots.push(BigInt(value))
  }
  const output = (): void => push(draw.chance(0.9) ? 64 + 8 * draw.below(100) : wild(draw))
  for (const { name, kind, max } of fn?.params ?? []) {
    switch (kind) {
      case 'bytes':
      case 'text':
      case 'pairs': {
        if (draw.chance(0.06)) {
          push(wild(draw))
          push(number32(draw))
          break
        }
        const bytes = blob(draw, name, fn?.name ?? '')
        push(place(bytes))
        push(draw.chance(0.96) ? bytes.length : number32(draw))
        break
      }
      case 'enum':
        push(draw.chance(0.9) ? draw.below((max ?? 0) + 1) : number32(draw))
        break
      case 'address':
        output()
        break
      case 'i64':
        slots.push(draw.from([0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), BigInt(number32(draw))]))
        break
      default:
        push(draw.chance(0.6) ? draw.below(24) : number32(draw))
    }
  }
  while (slots.length < (fn?.type.params.length ?? 0)) output()
  return { fn: index, slots: slots.slice(0, script.slots), answer: answerOf(draw) }
}

/** Mostly Continue: a stream that stands still is soon over. */
function answerOf(draw: Draw): number {
  if (draw.chance(0.93)) return 0
  return draw.chance(0.8) ? draw.below(6) : number32(draw)
}

const wild = (draw: Draw): number => (draw.chance(0.5) ? script.memory - draw.below(12) : number32(draw))

export type ScriptOptions = {
  readonly abi: AbiVersion
  readonly family: 'higress' | 'envoy'
  readonly calls: number
  /** Only these functions; all when absent. */
  readonly only?: readonly string[]
}

export function randomCalls(draw: Draw, { abi, family, calls: count, only }: ScriptOptions): AnyCalls {
  const functions = callables(abi, family)
  const allowed = functions.flatMap(({ name }, index) => (only === undefined || only.includes(name) ? [index] : []))
  const pieces: Uint8Array[] = []
  let at = dataAt(count)
  const place = (bytes: Uint8Array): number => {
    const here = at
    pieces.push(bytes)
    at += bytes.length
    return here
  }
  const calls = Array.from({ length: count }, () => call(draw, functions, draw.from(allowed), place))
  const data = new Uint8Array(at - dataAt(count))
  let offset = 0
  for (const piece of pieces) {
    data.set(piece, offset)
    offset += piece.length
  }
  const allocator = draw.chance(0.7) ? 0 : draw.below(allocators.length)
  return { allocator, perCallback: 1 + draw.below(6), calls, data }
}
