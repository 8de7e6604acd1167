import { latin1 } from '../../model/project/bytes.ts'
import { redisCommandText, redisWords } from '../../model/redis-text.ts'
import type { Arg, TraceEvent } from '../../model/trace.ts'
import { byteStringText, bytesPreview, sizeText, utf8 } from './display-text.ts'

type HostCall = Extract<TraceEvent, { type: 'host.call' }>

/** One argument's value on one line. */
export function argText(arg: Arg, limit = 60): string {
  switch (arg.kind) {
    case 'number':
      return String(arg.value)
    case 'i64':
      return String(arg.value)
    case 'enum':
      return arg.label
    case 'bytes':
      return bytesPreview(arg.value, limit)
    case 'pairs':
      return arg.value.map(([name, value]) => `${byteStringText(name)} ${byteStringText(value)}`).join(', ')
    case 'unreadable':
      return arg.reason
  }
}

/** Text of a bytes argument without quotes, for names and keys. */
function plain(arg: Arg | undefined): string {
  if (arg?.kind !== 'bytes') return arg === undefined ? '' : argText(arg)
  return utf8(arg.value) ?? bytesPreview(arg.value)
}

const bytesOf = (args: readonly Arg[]): readonly Arg[] => args.filter((arg) => arg.kind === 'bytes')
const numbered = (args: readonly Arg[], name: RegExp): number | undefined => {
  const found = args.find((arg) => arg.kind === 'number' && name.test(arg.name))
  return found?.kind === 'number' ? found.value : undefined
}
const pairsOf = (args: readonly Arg[]) => {
  const found = args.find((arg) => arg.kind === 'pairs')
  return found?.kind === 'pairs' ? found.value : []
}
const pseudo = (args: readonly Arg[], name: string): string =>
  byteStringText(pairsOf(args).find(([key]) => key === name)?.[1] ?? '')
const enumOf = (args: readonly Arg[]): string => {
  const found = args.find((arg) => arg.kind === 'enum')
  return found?.kind === 'enum' ? found.label : ''
}
const readKey = (key: string, out: readonly Arg[], ok: boolean): string => {
  const value = out.find((arg) => arg.kind !== 'unreadable')
  return ok && value !== undefined ? `${key} → ${argText(value)}` : key
}
/** `request.path`: property paths separate their parts with a zero byte. */
const propertyPath = (arg: Arg | undefined): string => plain(arg).replaceAll('\0', '.').replace(/\.$/, '')

/** What a host call was asked, as one short line: the part that tells two calls of one function apart. */
export function callArguments(call: HostCall): string {
  const bytes = bytesOf(call.args)
  const okay = call.status === 'Ok' || call.status === ''
  switch (call.fn) {
    case 'proxy_get_header_map_value':
      return readKey(plain(bytes[0]), call.out, okay)
    case 'proxy_add_header_map_value':
    case 'proxy_replace_header_map_value':
      return `${plain(bytes[0])} → ${bytes[1] === undefined ? '""' : argText(bytes[1])}`
    case 'proxy_remove_header_map_value':
      return plain(bytes[0])
    case 'proxy_get_property':
      return readKey(propertyPath(bytes[0]), call.out, okay)
    case 'proxy_set_property':
      return `${propertyPath(bytes[0])} → ${bytes[1] === undefined ? '""' : argText(bytes[1])}`
    case 'proxy_log':
      return `${enumOf(call.args).toLowerCase()} ${bytes[0] === undefined ? '""' : argText(bytes[0], 160)}`.trim()
    case 'proxy_http_call':
      return `${pseudo(call.args, ':method')} ${pseudo(call.args, ':path')}, ${plain(bytes[0])}`.trim()
    case 'proxy_send_local_response': {
      const status = call.args.find((arg) => arg.kind === 'number')
      const body = call.args.find((arg) => arg.kind === 'bytes' && /body/.test(arg.name))
      const size = body?.kind === 'bytes' ? body.value.length : 0
      return `${status === undefined ? '' : argText(status)}${size > 0 ? `, body ${sizeText(size)}` : ''}`
    }
    case 'proxy_set_buffer_bytes': {
      const data = bytes.at(-1)
      return `${enumOf(call.args)} ${data?.kind === 'bytes' ? sizeText(data.value.length) : ''}`.trim()
    }
    case 'proxy_get_buffer_bytes': {
      const data = call.out.find((arg) => arg.kind === 'bytes')
      return `${enumOf(call.args)}${data?.kind === 'bytes' ? ` → ${sizeText(data.value.length)}` : ''}`
    }
    case 'proxy_get_shared_data':
      return readKey(plain(bytes[0]), call.out, okay)
    case 'proxy_set_shared_data':
      return `${plain(bytes[0])} → ${bytes[1] === undefined ? '""' : argText(bytes[1])}`
    case 'proxy_continue_stream':
    case 'proxy_close_stream':
      return enumOf(call.args).toLowerCase() || call.args.map((arg) => argText(arg)).join(', ')
    case 'proxy_redis_call': {
      const query = bytes[1]
      const words = query?.kind === 'bytes' ? redisWords(latin1(query.value)) : undefined
      return words === undefined ? bytes.map(plain).join(' ') : `${redisCommandText(words)}, ${plain(bytes[0])}`
    }
    case 'proxy_redis_init':
      // Never the password.
      return [plain(bytes[0]), plain(bytes[1])].filter((part) => part !== '').join(', ')
    default:
      return genericArguments(call, okay)
  }
}

function genericArguments(call: HostCall, okay: boolean): string {
  const given = call.args.map((arg) =>
    arg.kind === 'enum' || arg.kind === 'bytes' ? argText(arg) : `${arg.name} ${argText(arg)}`,
  )
  const got = okay ? call.out.filter((arg) => arg.kind !== 'unreadable').map((arg) => argText(arg)) : []
  return `${given.join(', ')}${got.length > 0 ? ` → ${got.join(', ')}` : ''}`
}

/** The right-hand side of a call's row: Ok stays quiet except where a result is worth a word. */
export function callResult(call: HostCall): { readonly text: string; readonly bad: boolean } {
  const okay = call.status === 'Ok' || call.status === '' || call.status === 'ESUCCESS' || call.code === 0
  if (!okay) return { text: call.status, bad: !isExpectedMiss(call) }
  const token = numbered(call.out, /token|id/)
  if (token !== undefined && /call|queue|define/.test(call.fn)) {
    return {
      text: `${call.status || 'Ok'}, ${call.out.find((arg) => arg.kind === 'number')?.name ?? 'token'} ${token}`,
      bad: false,
    }
  }
  return { text: call.fn === 'proxy_log' ? '' : call.status === 'Ok' ? '' : call.status, bad: false }
}

/** A read that finds nothing is an answer and no mistake: NotFound on a get, Empty on a dequeue. */
function isExpectedMiss(call: HostCall): boolean {
  if (call.status === 'NotFound') return call.fn.startsWith('proxy_get_')
  return call.status === 'Empty' && call.fn === 'proxy_dequeue_shared_queue'
}

/** Who closed a connection, in the SDKs' words (proxy-wasm-host.md: PeerType). */
const PEERS: readonly (string | undefined)[] = ['unknown', 'local', 'remote']

/** What a callback was given, without its context id: `11 B, end`, `token 1, 4 B`. */
export function callbackArguments(callback: string, args: readonly Arg[]): string {
  const parts: string[] = []
  for (const arg of args) {
    if (arg.kind !== 'number' && arg.kind !== 'enum') continue
    if (/context|^root|^ctx|^parent/i.test(arg.name)) continue
    if (/end/i.test(arg.name)) {
      const value = arg.value
      if (value !== 0) parts.push('end')
      continue
    }
    if (/size|len|bytes/i.test(arg.name)) {
      if (arg.value > 0 || callback.includes('_body')) parts.push(sizeText(arg.value))
    } else if (/header|trailer|num/i.test(arg.name)) {
      if (/token/i.test(arg.name)) parts.push(`token ${arg.value}`)
    } else if (arg.name === 'peer') parts.push(`peer ${PEERS[arg.value] ?? arg.value}`)
    else parts.push(`${arg.name} ${argText(arg)}`)
  }
  return parts.join(', ')
}
