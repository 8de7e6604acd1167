/** What a plugin's host calls can reach in a stream, and when (proxy-wasm-host.md 6.6, 6.7, 6.13; Envoy's wasm Context). */
import type { HeaderList } from '../../model/http.ts'
import type { Direction } from '../../model/trace.ts'
import type { BodyChunk } from '../chain/body-chunk.ts'
import type { Pass } from '../chain/pass.ts'
import type { ChainFilter } from '../chain/pass-host.ts'
import { EnvoyHeaderMap } from '../codec/header-map.ts'
import type {
  AttributeValue,
  BodyBuffer,
  ContextHost,
  FilterObject,
  HeaderMap,
  LocalReply,
  PropertyDeclaration,
} from '../vm/seam.ts'
import type { Exchange } from './exchange.ts'
import type { Plugin } from './plugin.ts'
import { hostsOf } from './runtime.ts'
import { setStreamProperty } from './set-property.ts'
import { streamAttribute } from './stream-attributes.ts'

/** The pointers of one direction (6.7): what the guest may touch now. */
export type Reach = {
  headers: HeaderMap | undefined
  body: BodyChunk | undefined
  trailers: HeaderMap | undefined
  /** The body callback runs: outside of it, what is held but not buffered is gone on a real Envoy. */
  inBody: boolean
  /** The last body callback answered StopIterationAndBuffer: buffer 0/1 is the shared buffer (6.4). */
  buffering: boolean
  /** The running or last body callback carries the end: trailers may be created (6.6). */
  lastBody: boolean
}

export class StreamHost implements ContextHost {
  readonly kind = 'http'
  readonly plugin: Plugin
  inLog = false
  phase = ''
  private readonly exchange: Exchange
  private readonly filter: ChainFilter
  private readonly request = noReach()
  private readonly response = noReach()
  /** Higress `clear_route_cache=off` (5.3). */
  private keepsRoute = false

  constructor(plugin: Plugin, exchange: Exchange, filter: ChainFilter) {
    this.plugin = plugin
    this.exchange = exchange
    this.filter = filter
  }

  reach(direction: Direction): Reach {
    return direction === 'request' ? this.request : this.response
  }

  headerMap(
    type: number,
    intent: 'read' | 'write',
  ): { readonly map: HeaderMap; readonly writable: boolean } | undefined {
    if (this.inLog && intent === 'read') {
      const map = loggedMap(this.exchange, type)
      return map === undefined ? undefined : { map, writable: false }
    }
    const map = this.mapOf(type, intent)
    if (map === undefined) return undefined
    if (type === 0 && intent === 'write' && !this.inLog && !this.keepsRoute) this.exchange.route.clear()
    return { map, writable: true }
  }

  private mapOf(type: number, intent: 'read' | 'write'): HeaderMap | undefined {
    const { request, response } = this
    const { chain } = this.exchange
    const creates = intent === 'write' && !this.inLog
    switch (type) {
      case 0:
        return request.headers
      case 1:
        return request.trailers ?? (creates ? createTrailers(request, chain.request) : undefined)
      case 2:
        if (response.headers !== undefined) this.exchange.client.adoptSent()
        return response.headers
      case 3:
        return response.trailers ?? (creates ? createTrailers(response, chain.response) : undefined)
      default:
        return undefined
    }
  }

  buffer(type: number): BodyBuffer | undefined {
    const direction = type === 0 ? 'request' : type === 1 ? 'response' : undefined
    const body = direction === undefined ? undefined : this.bodyOf(direction)
    if (direction === undefined || body === undefined) return undefined
    const { inBody, buffering } = this.reach(direction)
    const gone = !inBody && !buffering
    return { bytes: () => body.bytes(), replace: (bytes) => body.replace(bytes), writable: true, gone }
  }

  /** While this plugin counts as buffering, the shared buffer, even when its bytes have gone on (seen on Envoy). */
  private bodyOf(direction: Direction): BodyChunk | undefined {
    const { buffering, body } = this.reach(direction)
    if (!buffering || !this.keepsBuffering) return body
    return this.exchange.chain.pass(direction).held.begin()
  }

  /** Upstream forgets the buffering only in the next body callback, as seen on 1.36, which gateway 2.2 is built on (6.4). */
  private get keepsBuffering(): boolean {
    return this.exchange.runtime.profile !== 'higress-2.1'
  }

  /** continue_stream of either direction clears the request's pointers; the response's stay (6.7). */
  continueRequested(_stream: 0 | 1): void {
    release(this.request)
  }

  continueStream(stream: 0 | 1): void {
    const direction = stream === 0 ? 'request' : 'response'
    if (!this.keepsBuffering) this.reach(direction).buffering = false
    this.exchange.chain.pass(direction).continueFilter(this.filter)
  }

  closeStream(_stream: 0 | 1): void {
    // Details that stand, of the response, stay (seen on Envoy).
    this.exchange.reset(this.exchange.details === '' ? 'wasm_close_stream' : this.exchange.details)
  }

  sendLocalReply(reply: LocalReply): void {
    this.exchange.localReply({ ...reply, plugin: this.plugin.index })
  }

  injectEncodedData(body: Uint8Array, endOfStream: boolean): void {
    this.exchange.chain.response.inject(this.filter, body, endOfStream)
  }

  injectOnHeader(body: Uint8Array): void {
    const { clock } = this.exchange.runtime
    clock.after(0, this.exchange.id, () => {
      const { response } = this.exchange.chain
      // Only while this plugin holds the headers of a response that has no body of its own.
      if (!response.complete || !response.stoppedFilters().includes(this.filter)) return
      response.inject(this.filter, body, true)
    })
  }

  upstreamHosts(): HeaderList {
    const cluster = this.exchange.route.clusterName()
    const service = cluster === undefined ? undefined : this.exchange.runtime.services.get(cluster)
    return service === undefined ? [] : hostsOf(service).map((host) => [host, hostFacts])
  }

  overrideUpstreamHost(address: string): void {
    this.exchange.router.chosenHost = address
  }

  clearRouteCache(): void {
    this.exchange.route.clear()
  }

  attribute(path: readonly string[]): AttributeValue {
    return streamAttribute(path, this.exchange, this)
  }

  setProperty(path: string, value: Uint8Array, declaration?: PropertyDeclaration): number {
    if (path === 'clear_route_cache') this.keepsRoute = new TextDecoder().decode(value) === 'off'
    return setStreamProperty(this.exchange, path, value, this.plugin, declaration)
  }

  setFilterObject(name: string, object: FilterObject): boolean {
    this.exchange.filterState.setOwn(name, object)
    return true
  }

  /** What the attributes of 5.4 read: what this plugin holds, else, in on_log, the finished stream's (seen on Envoy). */
  get visibleRequestHeaders(): HeaderMap | undefined {
    return this.request.headers ?? (this.inLog ? loggedMap(this.exchange, 0) : undefined)
  }

  get visibleResponseHeaders(): HeaderMap | undefined {
    return this.response.headers ?? (this.inLog ? loggedMap(this.exchange, 2) : undefined)
  }

  get visibleResponseTrailers(): HeaderMap | undefined {
    return this.response.trailers ?? (this.inLog ? loggedMap(this.exchange, 3) : undefined)
  }
}

/** What a gateway knows of a host that nothing has gone wrong with; the exact JSON is in doubt (2.9). */
const hostFacts = '{"health_status":"Healthy","metrics":""}'

/** Nothing yet. */
const noReach = (): Reach => ({
  headers: undefined,
  body: undefined,
  trailers: undefined,
  inBody: false,
  buffering: false,
  lastBody: false,
})

/** The guest has let this direction go on. */
function release(mine: Reach): void {
  mine.headers = undefined
  mine.body = undefined
  mine.trailers = undefined
}

/** In on_log the finished stream's maps can be read (6.13), but not the request's trailers. */
function loggedMap({ chain, client }: Exchange, type: number): HeaderMap | undefined {
  if (type === 2) client.adoptSent()
  if (type === 0) return chain.request.headers
  if (type === 2) return chain.response.headers
  return type === 3 ? chain.response.trailers : undefined
}

/** Only in the last body callback, and only a writing call (6.6). */
function createTrailers(mine: Reach, pass: Pass): HeaderMap | undefined {
  if (mine.body === undefined || !mine.lastBody) return undefined
  pass.trailers ??= new EnvoyHeaderMap('trailers')
  mine.trailers = pass.trailers
  return mine.trailers
}
