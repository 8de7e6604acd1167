import type { HeaderList } from '../src/model/http.ts'

/**
 * Services behind the gateway: `auth` answers calls, `silent` never answers, nobody listens at `refused`, `closing` ends the
 * connection instead of answering, `broken` after its headers and half of its body. `grpc` speaks HTTP/2 and answers by
 * the table of `grpc-service.ts`, `h2` HTTP/2 with a small text.
 */
export const serviceNames = ['upstream', 'auth', 'silent', 'refused', 'closing', 'broken', 'grpc', 'h2'] as const
export type ServiceName = (typeof serviceNames)[number]

/** What a service does wrong, in the words of a project's `faults`. */
export type FaultOf = {
  readonly kind: 'reset' | 'timeout' | 'status' | 'slow' | 'truncate' | 'length'
  readonly at?: 'headers' | 'body'
  readonly status?: number
  readonly afterBytes?: number
  readonly bytes?: number
  /** Between the pieces of `slow`; a real service always takes 30 ms (gRPC: 15 ms). */
  readonly latency?: string
}

/** One thing to try on both hosts: scripts for the probe, one request, what the upstream answers. */
export type ProbeCase = {
  readonly name: string
  /** Probe scripts in chain order (`conformance/guests/probe/plugin.ts` gives the language). */
  readonly scripts: readonly string[]
  readonly request: {
    readonly method: string
    readonly path: string
    /** `host` is always `example.test`. */
    readonly headers?: HeaderList
    /** Sent one by one, each after the gateway took the one before. With two or more the request is chunked. */
    readonly chunks?: readonly string[]
    /** After the last chunk; makes the request chunked. */
    readonly trailers?: HeaderList
  }
  /** How the client speaks; default HTTP/1.1. */
  readonly protocol?: 'h2'
  /** The same request again with these headers more, each this long (ms) after the one before was answered. */
  readonly again?: readonly { readonly after: number; readonly headers?: HeaderList }[]
  /** The client gives up after this long, ms; default 1500. */
  readonly patience?: number
  /** How long what comes after the answer is waited for, ms; default 60. */
  readonly settle?: number
  /** Where the route leads; default `upstream`. */
  readonly cluster?: ServiceName
  /** Buffer limit of the listener, bytes. */
  readonly limit?: number
  /**
   * Threads that take requests; with it the lines of every VM count, sorted, and the emulator starts all of them
   * (`startup: full`). Such a case needs an Envoy of its own.
   */
  readonly workers?: number
  /** Wasm services, with `vm_id` services; their lines carry the numbers after those of the scripts. */
  readonly services?: readonly { readonly script: string; readonly singleton: boolean }[]
  /** Form of the probe; default 0_2_1. */
  readonly abi?: '0_1_0' | '0_2_0'
  /** More fields of every plugin's configuration (`fail_open`, `failure_policy`). */
  readonly plugin?: Readonly<Record<string, unknown>>
  /** Default: 200, `content-type: text/plain`, body `upstream says hello`. */
  readonly reply?: {
    readonly status: number
    readonly headers?: HeaderList
    readonly body: string
    /** Instead of the body: a chunked response, 30 ms between the chunks. */
    readonly chunks?: readonly string[]
    readonly trailers?: HeaderList
  }
  /** What these services do wrong in this case. */
  readonly faults?: Readonly<Partial<Record<'upstream' | 'auth' | 'grpc' | 'h2', FaultOf>>>
  /** Plugin option of Envoy ≥ 1.35: header status 1 then is a real StopIteration. */
  readonly allowStopIteration?: boolean
  /** Why the comparison leaves something out; each needs a reason. */
  readonly mask?: { readonly upstream?: string; readonly body?: string }
}

/** What the client got. */
export type Answered =
  | {
      readonly kind: 'response'
      readonly status: number
      readonly headers: HeaderList
      readonly body: string
      /** Over HTTP/2, if there are any. */
      readonly trailers?: HeaderList
      readonly complete: boolean
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }

/** A gRPC call or stream as its service saw it, with its messages as byte strings. */
export type ReceivedGrpc = {
  readonly path: string
  readonly headers: HeaderList
  readonly messages: readonly string[]
}

/** A request as a service received it. */
export type ReceivedRequest = {
  readonly start: string
  readonly headers: HeaderList
  readonly body: string
  /** Over HTTP/2, if there are any. */
  readonly trailers?: HeaderList
}

/** What a host showed. Ports, dates, ids and times are masked by `maskHeaders`. */
export type Observed = {
  readonly client: Answered
  /** Of the requests of `again`. */
  readonly later?: readonly Answered[]
  readonly upstream: readonly ReceivedRequest[]
  readonly calls: readonly ReceivedRequest[]
  /** What the gRPC service received, if anything. */
  readonly grpc?: readonly ReceivedGrpc[]
  /** The probe's lines in order. */
  readonly log: readonly string[]
}

const masked: Readonly<Record<string, string>> = {
  date: 'DATE',
  'x-request-id': 'UUID',
  'x-envoy-upstream-service-time': 'MS',
}

/** A real Envoy configures a plugin three times (canary, main thread, worker): the lines of one configuration stay. */
export function configuredOnce(lines: readonly string[]): readonly string[] {
  const isConfigure = (line: string) => /^\d (> )?configure\b/.test(line)
  const seen = new Map<string, number>()
  return lines.filter((line) => {
    if (!isConfigure(line)) return true
    const tag = line.slice(0, 1)
    if (/^\d > /.test(line)) seen.set(tag, (seen.get(tag) ?? 0) + 1)
    return seen.get(tag) === 1
  })
}

/** Names lower-case, values that differ from run to run replaced, sorted by name with the order of equal names kept. */
export function maskHeaders(headers: HeaderList): HeaderList {
  return headers
    .map(([name, value]) => [name.toLowerCase(), masked[name.toLowerCase()] ?? value] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** `headers` read as one attribute: Envoy takes their order from a hash table, another one in each run. Sorted by name. */
function sortedMap(line: string): string {
  const [, start = '', value = ''] = /^(\d \w+: prop \w+%00\w+ers -> 0 )(.+)$/.exec(line) ?? []
  const bytes = value.match(/%[0-9a-f]{2}|./g) ?? []
  const pairs: { readonly sizes: string; readonly text: string }[] = []
  const count = bytes.length < 4 ? 0 : sizeAt(bytes, 0)
  let at = 4 + count * 8
  for (let index = 0; index < count; index++) {
    const place = 4 + index * 8
    const length = sizeAt(bytes, place) + sizeAt(bytes, place + 4) + 2
    pairs.push({ sizes: bytes.slice(place, place + 8).join(''), text: bytes.slice(at, at + length).join('') })
    at += length
  }
  if (pairs.length === 0 || at !== bytes.length) return line
  pairs.sort((a, b) => (a.text < b.text ? -1 : 1))
  const sizes = pairs.map((pair) => pair.sizes).join('')
  return `${start}${bytes.slice(0, 4).join('')}${sizes}${pairs.map(({ text }) => text).join('')}`
}

/** Four bytes as the probe writes them: as they are, or as %XX. */
function sizeAt(bytes: readonly string[], at: number): number {
  const byteOf = (byte = '') => (byte.length === 3 ? Number.parseInt(byte.slice(1), 16) : byte.charCodeAt(0))
  return byteOf(bytes[at]) + 256 * byteOf(bytes[at + 1])
}

const serviceTime = 'x-envoy-upstream-service-time'

/** In a list of pairs the service time, whose digits are not the same in each run, and the length said of it. */
function withoutServiceTime(line: string): string {
  const [, start = '', list = ''] = line.includes(serviceTime) ? (/^(.* -> 0 )(.+)$/.exec(line) ?? []) : []
  const bytes = list.match(/%[0-9a-f]{2}|./g) ?? []
  const count = bytes.length < 4 ? 0 : sizeAt(bytes, 0)
  let at = 4 + count * 8
  for (let index = 0; index < count && at < bytes.length; index++) {
    const place = 4 + index * 8
    const [name, value] = [sizeAt(bytes, place), sizeAt(bytes, place + 4)]
    const from = at + name + 1
    if (bytes.slice(at, at + name).join('') === serviceTime) {
      const masked = [...bytes.slice(0, place + 4), '%01', ...bytes.slice(place + 5, from), 'MS']
      return start + [...masked, ...bytes.slice(from + value)].join('')
    }
    at = from + value + 1
  }
  return line
}

/** The same masks inside the probe's own lines. */
export function maskLine(line: string): string {
  return withoutServiceTime(sortedMap(line))
    .replace(/zq\d+/g, '')
    .replace(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, 'DATE')
    .replace(/tag case\d+:/, 'tag ')
    .replace(/(plugin_vm_id -> 0 vm)\d*/, '$1')
    .replace(/(get \d x-request-id -> 0) .*/, '$1 UUID')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replace(/(prop \S*(?:address|(?<!trans)port)\S* -> 0) .*/, '$1 ADDRESS')
    .replace(/(prop \S*(?:duration|time|latency|connection%00id|connection_id)\S* -> 0) .*/, '$1 TIME')
}
