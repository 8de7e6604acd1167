/** A reply as a project file has it (`gateway.clusters.X.replies`), with times in milliseconds. */
export type GrpcReply = {
  readonly http?: number
  readonly at?: 'call' | 'message' | 'end'
  readonly headers?: Readonly<Record<string, string>>
  readonly echo?: boolean
  readonly messages?: readonly { readonly data: string; readonly delay?: string }[]
  readonly raw?: string
  readonly status?: number | 'none'
  readonly message?: string
  readonly trailers?: Readonly<Record<string, string>>
  readonly end?: 'trailers' | 'headers' | 'data' | 'reset' | 'hang' | 'silent' | 'refuse'
  readonly delay?: string
}

const hello = { data: 'hello' }
const init = { 'x-init': 'a' }
const trail = { 'x-trail': 'b' }

/** What the service `probe.Probe` answers, by method: to the recording server and to the emulator. */
export const grpcReplies: Readonly<Record<string, GrpcReply>> = {
  'probe.Probe/Unary': { headers: init, messages: [hello], trailers: trail },
  'probe.Probe/Echo': { headers: init, echo: true, trailers: trail },
  'probe.Probe/EmptyMessage': { messages: [{ data: '' }] },
  'probe.Probe/NoMessage': { headers: init, trailers: trail },
  'probe.Probe/Two': { messages: [{ data: 'one' }, { data: 'two', delay: '10ms' }] },
  'probe.Probe/Fail': { end: 'headers', status: 5, message: 'no such thing', trailers: trail },
  'probe.Probe/FailBare': { end: 'headers', status: 7 },
  'probe.Probe/FailLate': { headers: init, messages: [hello], status: 9, message: 'too late', trailers: trail },
  'probe.Probe/FailEmpty': { status: 16, message: '100% of it' },
  'probe.Probe/HighStatus': { status: 99, message: 'far' },
  'probe.Probe/NoStatus': { messages: [hello], status: 'none', trailers: trail },
  'probe.Probe/OnlyHeaders': { end: 'headers', status: 'none', headers: init },
  'probe.Probe/NoTrailers': { messages: [hello], end: 'data' },
  'probe.Probe/Http404': { http: 404, end: 'headers', status: 'none' },
  'probe.Probe/Http404Grpc': { http: 404, end: 'headers', status: 3, message: 'both' },
  'probe.Probe/Http503': { http: 503, raw: 'sorry', end: 'data' },
  'probe.Probe/Http401': { http: 401, messages: [hello], status: 0 },
  'probe.Probe/Silent': { end: 'silent' },
  'probe.Probe/Stuck': { headers: init, messages: [hello], end: 'hang' },
  'probe.Probe/Reset': { end: 'reset', headers: init, messages: [hello] },
  'probe.Probe/ResetAtOnce': { end: 'refuse' },
  'probe.Probe/Compressed': { raw: '\u0001\u0000\u0000\u0000\u0003abc' },
  'probe.Probe/Garbage': { raw: 'this is no frame' },
  'probe.Probe/Cut': { raw: '\u0000\u0000\u0000\u0000\u0009abc' },
  'probe.Probe/Joined': { raw: '\u0000\u0000\u0000\u0000\u0001a\u0000\u0000\u0000\u0000\u0002bc' },
  'probe.Probe/Server': { at: 'message', headers: init, messages: [{ data: 'one' }, { data: 'two', delay: '10ms' }, { data: 'three', delay: '10ms' }], trailers: trail }, // biome-ignore format: table
  'probe.Probe/Early': { at: 'call', headers: init, messages: [hello], trailers: trail },
  'probe.Probe/EarlyFail': { at: 'call', end: 'headers', status: 8, message: 'full' },
  'probe.Probe/Large': { messages: [{ data: 'x'.repeat(70_000) }] },
}

type Field = readonly [number: number, value: string]

const utf8 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text))
const varint = (value: number): string =>
  value < 128 ? String.fromCharCode(value) : String.fromCharCode((value & 127) | 128) + varint(value >>> 7)

/** A protobuf message of these length-delimited fields, as a byte string. */
export const message = (...fields: readonly Field[]): string =>
  fields.map(([number, value]) => varint((number << 3) | 2) + varint(utf8(value).length) + utf8(value)).join('')

/** `envoy.config.core.v3.GrpcService` for a cluster. */
export const serviceProto = (cluster: string, ...more: readonly Field[]): string =>
  message([1, message([1, cluster])], ...more)

/** Bytes in the probe's script: everything but letters and digits as %XX. */
export const escaped = (bytes: string): string =>
  bytes.replace(/[^0-9A-Za-z]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
