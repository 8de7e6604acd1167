import type { PluginIndex, SpanId, StreamId, VirtualNs } from '../../model/brand.ts'
import type { HeaderList } from '../../model/http.ts'
import type {
  Arg,
  Direction,
  EffectiveAction,
  TraceEvent,
  TracePlugin,
  TraceRecord,
  TraceView,
} from '../../model/trace.ts'

const text = new TextEncoder()
export const bytes = (name: string, value: string): Arg => ({ name, kind: 'bytes', value: text.encode(value) })
export const num = (name: string, value: number): Arg => ({ name, kind: 'number', value })
export const word = (name: string, value: number, label: string): Arg => ({ name, kind: 'enum', value, label })
export const requestMap = word('map', 0, 'RequestHeaders')
export const responseMap = word('map', 2, 'ResponseHeaders')

/** Builds traces for tests by hand, one event after the other, as a run would have recorded them. */
export class TraceFixture {
  readonly records: TraceRecord[] = []
  readonly plugins: TracePlugin[]
  private at = 0
  private spans = 0
  private readonly open: { span: SpanId; plugin: PluginIndex; callback: string }[] = []
  stream: StreamId | undefined = 1 as StreamId

  constructor(...names: readonly string[]) {
    this.plugins = names.map((name, index) => ({
      index: index as PluginIndex,
      name,
      language: 'assemblyscript',
      abi: '0_2_1',
    }))
  }

  /** Moves virtual time on. */
  wait(ms: number): this {
    this.at += ms * 1e6
    return this
  }

  event(event: TraceEvent, plugin?: number): this {
    const parent = this.open.at(-1)?.span
    this.records.push({
      seq: this.records.length,
      at: this.at as VirtualNs,
      ...(this.stream === undefined ? {} : { stream: this.stream }),
      ...(plugin === undefined ? {} : { plugin: plugin as PluginIndex }),
      ...(parent === undefined ? {} : { parent }),
      event,
    })
    return this
  }

  /** One callback; `inside` makes its host calls. */
  callback(
    plugin: number,
    callback: string,
    returned: number | 'trap' | 'nothing',
    action: EffectiveAction | undefined,
    inside: (fixture: this) => void = () => {},
    args: readonly Arg[] = [],
  ): this {
    const span = ++this.spans as SpanId
    this.event({ type: 'guest.enter', span, callback, contextId: 2, args }, plugin)
    this.open.push({ span, plugin: plugin as PluginIndex, callback })
    inside(this)
    this.open.pop()
    return this.event(
      { type: 'guest.leave', span, callback, returned, ...(action === undefined ? {} : { action }) },
      plugin,
    )
  }

  call(fn: string, args: readonly Arg[], out: readonly Arg[] = [], status = 'Ok', code = 0): this {
    return this.event({ type: 'host.call', fn, args, status, code, out }, this.open.at(-1)?.plugin)
  }

  request(headers: HeaderList, endOfStream: boolean): this {
    return this.event({ type: 'request.headers', listener: 'main', protocol: 'h1', headers, endOfStream })
  }
  chain(direction: Direction, headers: HeaderList): this {
    return this.event({ type: 'chain.headers', direction, headers })
  }
  upstream(headers: HeaderList, endOfStream: boolean): this {
    return this.event({ type: 'upstream.request', cluster: 'httpbin', host: '127.0.0.1:80', headers, endOfStream })
  }
  reply(headers: HeaderList, endOfStream: boolean): this {
    return this.event({ type: 'upstream.response', cluster: 'httpbin', headers, endOfStream })
  }
  end(ended: Extract<TraceEvent, { type: 'stream.end' }>['ended'] = 'complete', details = 'via_upstream'): this {
    return this.event({ type: 'stream.end', ended, details, flags: '-', accessLog: '' })
  }

  view(): TraceView {
    return {
      length: this.records.length,
      dropped: 0,
      hash: 'abc',
      machineDependent: false,
      clockStart: 0n,
      plugins: this.plugins,
      record: (index) => {
        const record = this.records[index]
        if (record === undefined) throw new RangeError(`no record ${index}`)
        return record
      },
      heading(index) {
        const { stream, event } = this.record(index)
        return { type: event.type, stream }
      },
    }
  }
}

export const get: HeaderList = [
  [':authority', 'example.com'],
  [':path', '/get'],
  [':method', 'GET'],
]
export const ok: HeaderList = [[':status', '200']]

/** GET through one plugin that adds a header. */
export function helloTrace(): TraceFixture {
  return new TraceFixture('hello')
    .event({ type: 'step', index: 0, label: 'GET /get' })
    .request(get, true)
    .event({ type: 'route', name: 'httpbin', cluster: 'httpbin' })
    .chain('request', get)
    .callback(0, 'proxy_on_request_headers', 0, 'Continue', (f) =>
      f.call('proxy_add_header_map_value', [requestMap, bytes('key', 'hello'), bytes('value', 'world')]),
    )
    .upstream([...get, ['hello', 'world']], true)
    .wait(5)
    .reply(ok, true)
    .chain('response', ok)
    .callback(0, 'proxy_on_response_headers', 0, 'Continue')
    .event({ type: 'response.headers', headers: ok, endOfStream: true })
    .end()
}

/** A callout gates the request; a second plugin comes behind; one more callout is refused. */
export function gateTrace(): TraceFixture {
  const pairs: Arg = {
    name: 'headers',
    kind: 'pairs',
    value: [
      [':method', 'GET'],
      [':path', '/check'],
      [':authority', 'auth'],
    ],
  }
  return new TraceFixture('gate', 'mark')
    .request(get, true)
    .event({ type: 'route', name: 'httpbin', cluster: 'httpbin' })
    .chain('request', get)
    .callback(0, 'proxy_on_request_headers', 4, 'StopAllIterationAndWatermark', (f) =>
      f.call('proxy_http_call', [bytes('cluster', 'outbound|80||auth.dns'), pairs], [num('token', 1)]).event({
        type: 'callout.request',
        token: 1,
        cluster: 'outbound|80||auth.dns',
        headers: pairs.kind === 'pairs' ? pairs.value : [],
        body: new Uint8Array(),
        timeoutMs: 500,
      }),
    )
    .event({ type: 'chain.pause', direction: 'request', action: 'StopAllIterationAndWatermark', bufferedBytes: 0 }, 0)
    .wait(1)
    .event({
      type: 'callout.response',
      token: 1,
      cluster: 'outbound|80||auth.dns',
      outcome: 'response',
      headers: ok,
      body: text.encode('yes'),
      trailers: [],
    })
    .callback(0, 'proxy_on_http_call_response', 'nothing', undefined, (f) =>
      f
        .call('proxy_http_call', [bytes('cluster', 'outbound|8080||auth.static'), pairs], [], 'BadArgument', 2)
        .call('proxy_continue_stream', [word('stream', 0, 'Request')]),
    )
    .event({ type: 'chain.resume', direction: 'request', by: 'continue_stream', bufferedBytes: 0 }, 0)
    .callback(1, 'proxy_on_request_headers', 0, 'Continue')
    .upstream(get, true)
    .wait(5)
    .reply(ok, true)
    .chain('response', ok)
    .callback(1, 'proxy_on_response_headers', 0, 'Continue')
    .callback(0, 'proxy_on_response_headers', 0, 'Continue')
    .event({ type: 'response.headers', headers: ok, endOfStream: true })
    .end()
}

/** Held, and nothing resumes it. */
export function hangTrace(): TraceFixture {
  return new TraceFixture('limiter')
    .request(get, true)
    .chain('request', get)
    .callback(0, 'proxy_on_request_headers', 1, 'StopAllIterationAndWatermark')
    .event({ type: 'chain.pause', direction: 'request', action: 'StopAllIterationAndWatermark', bufferedBytes: 0 }, 0)
    .event({ type: 'hung', certainty: 'certain', direction: 'request' }, 0)
    .event({ type: 'request.abort' })
    .end('hung', '')
}

/** The plugin answers in request headers. */
export function mockTrace(): TraceFixture {
  return new TraceFixture('mock')
    .request(get, true)
    .event({ type: 'route', name: 'httpbin', cluster: 'httpbin' })
    .chain('request', get)
    .callback(0, 'proxy_on_request_headers', 0, 'StopAllIterationAndWatermark', (f) =>
      f.call('proxy_send_local_response', [num('status', 200), bytes('body', 'hello world')]),
    )
    .event(
      {
        type: 'local-reply',
        status: 200,
        headers: [],
        body: text.encode('hello world'),
        details: '',
        outcome: 'sent',
      },
      0,
    )
    .chain('response', ok)
    .callback(0, 'proxy_on_response_headers', 0, 'Continue')
    .event({ type: 'response.headers', headers: ok, endOfStream: false })
    .event({ type: 'response.body', data: text.encode('hello world'), endOfStream: true })
    .end('complete', '')
}

/** The plugin traps in request headers and the gateway answers 503. */
export function trapTrace(): TraceFixture {
  const failed: HeaderList = [[':status', '503']]
  return new TraceFixture('limiter')
    .request(get, true)
    .chain('request', get)
    .callback(0, 'proxy_on_request_headers', 'trap', 'StopAllIterationAndWatermark', (f) =>
      f.event(
        {
          type: 'trap',
          callback: 'proxy_on_request_headers',
          kind: 'unreachable',
          message: 'unreachable',
          frames: [{ name: 'check', offset: 120 }],
        },
        0,
      ),
    )
    .event({
      type: 'local-reply',
      status: 503,
      headers: [],
      body: new Uint8Array(),
      details: 'wasm_fail_stream',
      outcome: 'sent',
    })
    .event({ type: 'response.headers', headers: failed, endOfStream: true })
    .end('complete', 'wasm_fail_stream')
}
